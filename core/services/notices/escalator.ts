import { type Clock, SECOND } from '../../domain/clock.ts';
import type { Log } from '../../log/log.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import { advanceNotices, type NoticeParts } from './advance.ts';

export type EscalatorParts = NoticeParts & {
  readonly inventory: NoticeParts['inventory'] & Pick<Inventory, 'incidentLedger'>;
  readonly clock: Clock;
  /** @returns a function that calls it off */
  readonly timers: { readonly after: (delayMs: number, run: () => void) => () => void };
  readonly log: Log;
  /** Something was written down. */
  readonly wake: () => void;
};

export type Escalator = {
  /** Looks at all that may be due now. */
  run(): Promise<void>;
  stop(): Promise<void>;
};

/** Steps are counted in minutes. */
const TICK_MS = 10 * SECOND;

/**
 * Takes the steps of incidents that nobody acknowledges as they come due, and lets out what quiet hours held. Everything
 * is in the store: whatever was missed while nobody ran is taken at the start, once, whoever else does the same.
 */
export function startEscalator(parts: EscalatorParts): Escalator {
  const { inventory, clock, timers, log, wake } = parts;
  let isStopped = false;
  let running: Promise<void> | null = null;
  let cancel: () => void = () => {};

  async function once(): Promise<void> {
    try {
      // Most of the time nothing is down: no lock is taken for it.
      const isQuiet = (await inventory.notices.openCourses()).length === 0 && !(await inventory.notices.anyHeld());
      if (isQuiet) return;
      const written = await inventory.incidentLedger.alone((tx) => advanceNotices(parts, tx, { now: clock() }));
      if (written > 0) wake();
    } catch (error) {
      // Nothing is lost: the next look is at all of it again.
      log.warn({ err: error }, 'escalation could not be looked at');
    }
  }

  function run(): Promise<void> {
    running ??= once().finally(() => {
      running = null;
      if (!isStopped) schedule(TICK_MS);
    });
    return running;
  }

  function schedule(delayMs: number): void {
    cancel();
    cancel = timers.after(delayMs, () => void run());
  }

  schedule(0);
  return {
    run,
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
  };
}
