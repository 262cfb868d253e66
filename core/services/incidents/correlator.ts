import type { Bus } from '../../bus/bus.ts';
import { type Clock, MINUTE, SECOND } from '../../domain/clock.ts';
import type { Log } from '../../log/log.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import type { Sql } from '../../stores/inventory/sql.ts';
import { correlate, type IncidentChange } from './correlate.ts';
import type { IncidentMessage } from './incident-messages.ts';
import { type JudgeParts, judgeIncident } from './judge-incident.ts';
import { type KnownNetwork, networkOf } from './network.ts';

export type CorrelatorParts = {
  readonly inventory: JudgeParts['inventory'] & Pick<Inventory, 'settings'>;
  readonly series: JudgeParts['series'];
  readonly bus: Bus;
  readonly clock: Clock;
  /** @returns a function that calls it off */
  readonly timers: { readonly after: (delayMs: number, run: () => void) => () => void };
  readonly log: Log;
  /** Writes down what people should be told, in the transaction of what happened. */
  readonly tell?: (tx: Sql, messages: readonly IncidentMessage[]) => Promise<void>;
};

export type Correlator = {
  /** Looks at all outages now. */
  run(): Promise<void>;
  stop(): Promise<void>;
};

/** One fault makes many outages: those of the same moment are looked at together. */
const GATHER_MS = 300;
/** Recovery holds, stragglers and flapping come due without any event. */
const TICK_MS = 10 * SECOND;
const JUDGE_EVERY_MS = MINUTE;
/** A device that is back is read within its poll interval: only then is it known whether it had lost its power. */
const JUDGE_AFTER_MS = 15 * MINUTE;
const JUDGED_AT_ONCE = 50;
/** Since when outages are correlated: those of before are history. */
const SINCE = 'incidents.since';

/**
 * Keeps incidents in line with outages: after every outage that opens or closes, and now and then. At the start it
 * looks at all that is open.
 */
export async function startCorrelator(parts: CorrelatorParts): Promise<Correlator> {
  const { inventory, bus, clock, timers, log, tell } = parts;
  const since = await firstRunAt(inventory, clock());
  let network: KnownNetwork | null = null;
  let isStopped = false;
  let running: Promise<void> | null = null;
  let isWanted = false;
  let cancel: () => void = () => {};

  const publish = (changes: readonly IncidentChange[], at: number): void => {
    for (const { what, incidentId, regionCode } of changes)
      bus.publish({ type: `incident-${what}`, incidentId, regionCode, at });
  };

  async function judgeDue(): Promise<void> {
    const now = clock();
    const ids = await inventory.incidentLedger.toJudge(now - JUDGE_EVERY_MS, now - JUDGE_AFTER_MS, JUDGED_AT_ONCE);
    for (const id of ids) {
      if (isStopped) return;
      const change = await judgeIncident(parts, id, clock());
      if (change !== null) publish([change], clock());
    }
  }

  async function tellJudged(incidentIds: readonly string[], at: number): Promise<void> {
    const messages = incidentIds.map((incidentId) => ({ what: 'judged', incidentId, at }) as const);
    await inventory.incidentLedger.alone(async (tx) => await tell?.(tx, messages));
  }

  async function once(): Promise<void> {
    try {
      network ??= networkOf(await inventory.incidentLedger.network());
      const now = clock();
      const changes = await correlate({ inventory, network, now, since, tell });
      publish(changes, now);
      const opened = changes.filter(({ what }) => what === 'opened').map(({ incidentId }) => incidentId);
      try {
        await judgeDue();
      } finally {
        // Without a cause rather than not at all.
        if (opened.length > 0 && tell !== undefined) await tellJudged(opened, clock());
      }
    } catch (error) {
      // Nothing is lost: the next look is at all of it again.
      log.warn({ err: error }, 'incidents could not be brought up to date');
    }
  }

  /** Never two at once; one that is asked for while another runs comes after it. */
  function run(): Promise<void> {
    if (running !== null) {
      isWanted = true;
      return running;
    }
    running = (async () => {
      do {
        isWanted = false;
        await once();
      } while (isWanted && !isStopped);
    })().finally(() => {
      running = null;
      if (!isStopped) schedule(TICK_MS);
    });
    return running;
  }

  function schedule(delayMs: number): void {
    cancel();
    cancel = timers.after(delayMs, () => void run());
  }

  const unsubscribe = bus.subscribe(({ type }) => {
    if (isStopped) return;
    if (type === 'inventory-changed') network = null;
    if (type !== 'outage-opened' && type !== 'outage-closed') return;
    if (running === null) schedule(GATHER_MS);
    else isWanted = true;
  });
  await run();

  return {
    run,
    async stop() {
      isStopped = true;
      unsubscribe();
      cancel();
      await running;
    },
  };
}

async function firstRunAt(inventory: Pick<Inventory, 'settings'>, now: number): Promise<number> {
  const known = await inventory.settings.get(SINCE);
  if (typeof known === 'number') return known;
  await inventory.settings.set(SINCE, now);
  return now;
}
