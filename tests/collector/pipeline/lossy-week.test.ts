import { describe, expect, test } from 'vitest';
import { DEFAULT_COLLECTOR_CONFIG } from '../../../collector/config.ts';
import { LINE_POLICIES, policyOf } from '../../../core/domain/line-policy.ts';
import { DEFAULT_STATE_POLICY, type StatePolicy } from '../../../core/domain/next-state.ts';
import { spread } from '../../support/bench.ts';
import { seededRandom } from '../../support/random.ts';
import { type Change, type WatchedNetwork, watchedDevice, watchNetwork } from '../../support/watched-network.ts';

const WEEK_MS = 7 * 86_400_000;
const OUTAGE_MS = 30_000;
const INTERVAL_MS = DEFAULT_COLLECTOR_CONFIG.reachIntervalMs;

type Line = {
  readonly devices: number;
  /** Share of packets that get no answer, each for itself. */
  readonly loss: number;
  readonly policy: StatePolicy;
  readonly timeoutMs: number;
  readonly roundTripMs: number;
};

const usual = { policy: DEFAULT_STATE_POLICY, timeoutMs: DEFAULT_COLLECTOR_CONFIG.reachTimeoutMs, roundTripMs: 25 };
const LINES: Readonly<Record<string, Line>> = {
  '11,000 devices of which 2 % of the round trips are lost': { ...usual, devices: 11_000, loss: 0.02 },
  '11,000 devices that lose 2 % in each direction': { ...usual, devices: 11_000, loss: 1 - 0.98 ** 2 },
  '1,000 satellite lines that lose 8 %': {
    devices: 1_000,
    loss: 0.08,
    policy: policyOf(DEFAULT_STATE_POLICY, LINE_POLICIES.vsat.policy),
    timeoutMs: LINE_POLICIES.vsat.timeoutMs ?? 0,
    roundTripMs: 680,
  },
};

/** One device of the line, with the real schedule, checks and rule of states. */
const watchOne = (line: Line, id: string, isLost: () => boolean): WatchedNetwork =>
  watchNetwork([watchedDevice(id)], {
    policyOf: () => line.policy,
    patienceOf: () => line.timeoutMs,
    roundTripMs: () => line.roundTripMs,
    isLost,
  });

const isFall = ({ to }: Change): boolean => to === 'down' || to === 'unknown';

/**
 * The checks of a week whose first `lost` packets are all lost, each with what follows it.
 *
 * What is skipped are checks one of whose first packets is answered, and that is exact: packets are lost each for
 * itself, so that such checks lie apart by a geometric distribution; an answered check leaves no silence behind whatever
 * came before it (every sequence of the tests of `nextState` says so), and what else it leaves, the smoothed loss and
 * round trip, decides between up and degraded alone. So no fall can begin in what is skipped, nor depend on it.
 */
async function falseFallsOfWeek(
  line: Line,
  lost: number,
  random: () => number,
): Promise<{ falls: number; checks: number }> {
  const all = (line.devices * WEEK_MS) / INTERVAL_MS;
  const share = line.loss ** lost;
  let checks = 0;
  let falls = 0;
  for (let at = gap(share, random); at < all; at += 1 + gap(share, random)) {
    let left = lost;
    let isMet = false;
    const network = watchOne(line, `device-${checks % 97}`, () => {
      if (!isMet) return false;
      return left-- > 0 || random() < line.loss;
    });
    await network.time.advance(INTERVAL_MS);
    isMet = true;
    await network.time.advance(3 * INTERVAL_MS);
    if (left > 0) throw new Error('the check that was to lose its packets never came');
    falls += network.changes.filter(isFall).length;
    checks++;
  }
  return { falls, checks };
}

/** How many are passed over before the next that is met with this probability. */
const gap = (share: number, random: () => number): number => Math.floor(Math.log(1 - random()) / Math.log1p(-share));

describe.each(Object.entries(LINES))('a week of %s', (name, line) => {
  test('has no false fall', async () => {
    const lost = line.devices < 11_000 || line.loss > 0.03 ? 4 : 3;

    const { falls, checks } = await falseFallsOfWeek(line, lost, seededRandom(16));

    process.stdout.write(`${name}: ${checks} checks lost their first ${lost} packets, ${falls} false falls\n`);
    const expected = ((line.devices * WEEK_MS) / INTERVAL_MS) * line.loss ** lost;
    expect(Math.abs(checks - expected)).toBeLessThan(5 * Math.sqrt(expected));
    expect(falls).toBe(0);
  });

  // An outage falls into the week at any moment of a check's interval, amid the same losses.
  test('gives away every outage of 30 s that is hidden in it, with its true times', async () => {
    const random = seededRandom(11);
    const found: number[] = [];
    const missed: number[] = [];

    for (let outage = 0; outage < 1_500; outage++) {
      const network = watchOne(line, `device-${outage}`, () => random() < line.loss);
      await network.time.advance(4 * INTERVAL_MS + random() * INTERVAL_MS);
      const id = `device-${outage}`;
      const from = network.time.clock();
      network.silence(id);
      await network.time.advance(OUTAGE_MS);
      const to = network.time.clock();
      network.answer(id);
      await network.time.advance(30_000);
      const [fall, ...more] = network.changes.filter(isFall);
      const rise = network.changes.find(({ outage: what }) => what === 'close');
      const isTrue =
        fall !== undefined &&
        more.length === 0 &&
        fall.at <= from + line.roundTripMs &&
        fall.detectedAt < to &&
        rise !== undefined &&
        rise.at >= to;
      if (isTrue) found.push(fall.detectedAt - fall.at);
      else missed.push(outage);
    }

    const times = spread(found);
    process.stdout.write(`${name}: from the last answer to down ${JSON.stringify(times)}\n`);
    expect(missed).toEqual([]);
    expect(times.maxMs).toBeLessThan(15_000);
    if (line.policy === DEFAULT_STATE_POLICY) expect(times.p50Ms).toBeLessThan(10_000);
  });
});
