import { MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { difference, type Interval, type Intervals, intersection, joined } from '../../../core/domain/intervals.ts';
import type { Heard, Simulation } from './simulation.ts';
import { RECIPIENTS } from './simulation.ts';

/** What is lost without a sign may be known so late, and dated by so much beside what was. */
export const DETECTION_MS = 15 * SECOND;
/** A device that nobody could see is seen again so long after. */
const SEEN_AGAIN_MS = 15 * SECOND;
/** A watcher that died may have signed its last heartbeat so long before. */
const HEARTBEAT_MS = 6 * SECOND;

type Account = {
  /** Stretches where what is stored is not what was so, longer than can be helped. */
  readonly wrong: Intervals;
  /** Stretches that count as unknown without a reason to. */
  readonly unexplained: Intervals;
};

/** Who dies takes along what was not stored yet: when a device was seen last, and what was lost before it was said. */
function isBearable({ from, to }: Interval, deaths: readonly Interval[]): boolean {
  const lost = deaths
    .filter((death) => death.from - DETECTION_MS < to && from < death.to + SEEN_AGAIN_MS)
    .reduce((sum, death) => sum + death.to - death.from, 0);
  return to - from <= DETECTION_MS + lost;
}

/** Compares what is stored of a device, as outages and as states, with what it really did up to now. */
async function accountOf(sim: Simulation, name: string): Promise<Account> {
  const now = sim.time.clock();
  const period: Interval = { from: sim.startedAt, to: now };
  const outages = (await sim.outagesOf(name)).map(({ startedAt, endedAt }) => ({
    from: startedAt,
    to: endedAt ?? now,
  }));
  const spans =
    (await sim.inventory.timelines.spans([sim.idOf(name)], period.from, period.to)).get(sim.idOf(name)) ?? [];
  const unseen = joined(spans.filter(({ state, reason }) => state === 'unknown' && reason !== 'parent-down'));
  const told = difference(joined(outages), unseen);
  const lined = joined(spans.filter(({ state, reason }) => state === 'down' || reason === 'parent-down'));
  const real = difference(sim.world.goneTimes(name), unseen);
  const strays = [told, lined].flatMap((one) => [...difference(one, real), ...difference(real, one)]);
  const explained = joined([
    { from: period.from, to: period.from + MINUTE },
    ...[...sim.world.coveredTimes(), ...sim.deadTimes()].map(({ from, to }) => ({
      from: from - HEARTBEAT_MS,
      to: to + SEEN_AGAIN_MS,
    })),
    // Behind what is gone nobody can be seen again.
    ...sim.world.goneTimes(name).map(({ from, to }) => ({ from, to: to + SEEN_AGAIN_MS })),
  ]);
  return {
    wrong: joined(strays.filter((one) => !isBearable(one, sim.deadTimes()))),
    unexplained: difference(intersection(unseen, [period]), explained),
  };
}

/** All devices of which what is stored is not what was so. */
export async function disagreements(sim: Simulation): Promise<readonly string[]> {
  const found: string[] = [];
  const said = ({ from, to }: Interval): string =>
    `${(from - sim.startedAt) / SECOND} s to ${(to - sim.startedAt) / SECOND} s`;
  for (const name of sim.world.names) {
    const { wrong, unexplained } = await accountOf(sim, name);
    if (wrong.length > 0) found.push(`${name} is wrong: ${wrong.map(said).join(', ')}`);
    if (unexplained.length > 0) found.push(`${name} is unknown without a reason: ${unexplained.map(said).join(', ')}`);
  }
  return found;
}

/** Messages as they are to whoever passes over those whose id they had before. */
export const distinct = (heard: readonly Heard[]): readonly Heard[] =>
  [...new Map(heard.toReversed().map((one) => [one.id, one])).values()].reverse();

/**
 * What is wrong with what people were told: each is told of each incident once that it is down, and once that it is up
 * when it is, and of nothing else.
 */
export async function toldWrongly(sim: Simulation): Promise<readonly string[]> {
  // Those that another one took over are on no list.
  const items = await sim.inventory.sql.query<{ id: string; number: number; isClosed: boolean; isMerged: boolean }>(
    `SELECT id, number::int AS number, closed_at IS NOT NULL AS "isClosed", merged_into IS NOT NULL AS "isMerged"
     FROM incident ORDER BY number`,
  );
  const numbers = new Map(items.map(({ id, number }) => [id, number]));
  const found: string[] = [];
  const heard = distinct(sim.heard());
  for (const to of RECIPIENTS) {
    for (const { id, number, isClosed, isMerged } of items) {
      const events = await sim.inventory.incidents.timeline(id);
      const opened = events.find(({ kind }) => kind === 'opened')?.at;
      // Over before it was found, or at once another's.
      const isSilent = events.some(({ kind, at }) => (kind === 'closed' || kind === 'absorbed') && at === opened);
      const said = heard.filter((one) => one.to === to && one.incidentId === id).map(({ what }) => what);
      const wanted = isSilent ? '' : isClosed && !isMerged ? 'down,up' : 'down';
      if (said.join() !== wanted) found.push(`${to} hears "${said.join()}" of ${number}, and should "${wanted}"`);
    }
    for (const one of heard) if (!numbers.has(one.incidentId)) found.push(`${to} hears of what is none`);
  }
  return found;
}
