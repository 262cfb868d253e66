import { startCollector } from '../../../collector/main.ts';
import { openJournal } from '../../../collector/pipeline/journal.ts';
import { sightingsIn } from '../../../collector/pipeline/sightings.ts';
import type { ProbeModule } from '../../../collector/probe.ts';
import { memoryBus } from '../../../core/bus/memory.ts';
import { SECOND } from '../../../core/domain/clock.ts';
import { type Log, silentLog } from '../../../core/log/log.ts';
import { startCorrelator } from '../../../core/services/incidents/correlator.ts';
import { startEscalator } from '../../../core/services/notices/escalator.ts';
import { tellOf } from '../../../core/services/notices/tell.ts';
import { createOutboxSender, OUTBOX_POLICY } from '../../../core/services/outbox.ts';
import type { Inventory } from '../../../core/stores/inventory/inventory.ts';
import type { Timers } from '../../../core/timers.ts';
import type { HandClock } from '../hand-clock.ts';
import { type Guard, guardInventory } from './guarded-store.ts';
import type { simulatedSeries } from './series.ts';

type SimpulParts = {
  readonly time: HandClock;
  readonly inventory: Inventory;
  readonly series: ReturnType<typeof simulatedSeries>;
  readonly probes: ReadonlyMap<string, ProbeModule>;
  readonly canSeeOut: () => boolean;
  /** Where it keeps what the store could not take. */
  readonly journalDir: string;
  readonly log?: Log;
};

/** One life of the whole of Simpul: collector, correlator and sender in one process, over a store that outlives it. */
export type Simpul = {
  readonly guard: Guard;
  readonly isAlive: () => boolean;
  /** As if its power were cut: nothing is flushed, and what it had not committed is undone. */
  kill(): void;
  /** In the middle of whatever it does then: the store has done so many calls more, and it never hears of the last. */
  killAfter(calls: number): void;
};

/** When the sender looks: soon after something was written down, and when nobody else holds it any more. */
const SEND_AFTER_MS = [50, OUTBOX_POLICY.leaseMs + SECOND, 2 * OUTBOX_POLICY.leaseMs];
const SENTINEL_MS = 10;

export async function startSimpul(parts: SimpulParts): Promise<Simpul> {
  const { time, series, probes, canSeeOut, journalDir, log = silentLog } = parts;
  const { clock } = time;
  const { guard, inventory } = guardInventory(parts.inventory, time.after);
  let isAlive = true;
  const timers: Timers = {
    now: time.now,
    after: (delayMs, run) => time.after(delayMs, () => void (isAlive && run())),
  };
  const bus = memoryBus((error) => {
    throw error;
  });
  const sentinel = (_: string, timeoutMs: number): Promise<boolean> => {
    const sees = canSeeOut();
    return new Promise((resolve) => timers.after(sees ? SENTINEL_MS : timeoutMs, () => resolve(sees)));
  };
  const disk = await openJournal(journalDir, log);
  const seen = sightingsIn(`${journalDir}.seen`, log);
  const collector = await startCollector({
    inventory,
    journal: {
      ...disk,
      keep: async (records) => {
        if (isAlive) await guard.hold(() => disk.keep(records));
      },
      clear: async () => {
        if (isAlive) await guard.hold(() => disk.clear());
      },
      read: () => guard.hold(() => disk.read()),
    },
    sightings: {
      read: () => guard.hold(() => seen.read()),
      save: async (all) => {
        if (isAlive) await guard.hold(() => seen.save(all));
      },
    },
    series,
    bus,
    clock,
    timers,
    log,
    probes,
    sentinel,
    config: { sentinels: ['gateway'] },
  });
  const zone = { timeZone: 'Asia/Jakarta', label: 'WIB' };
  const sender = createOutboxSender({ inventory, clock, log, zone, random: () => 0.5 });
  const send = async (): Promise<void> => void (isAlive && (await guard.hold(() => sender.round())));
  const sendSoon = (): void => {
    for (const afterMs of SEND_AFTER_MS) timers.after(afterMs, () => void send());
  };
  const notices = { inventory, links: { incident: () => null, officer: () => null } };
  const write = tellOf(notices);
  await startCorrelator({
    inventory,
    series,
    bus,
    clock,
    timers,
    log,
    async tell(tx, messages) {
      await write(tx, messages);
      sendSoon();
    },
  });
  startEscalator({ ...notices, clock, timers, log, wake: sendSoon });
  sendSoon();
  const die = (): void => {
    isAlive = false;
    void disk.close().catch(() => {});
  };
  return {
    guard,
    isAlive: () => isAlive,
    kill() {
      die();
      guard.kill();
      void collector.stop().catch(() => {});
    },
    killAfter: (calls) => guard.killAfter(calls, die),
  };
}
