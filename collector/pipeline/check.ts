import type { Clock } from '../../core/domain/clock.ts';
import type { Timers } from '../../core/timers.ts';
import type { Probe } from '../probe.ts';
import { type Asked, ask } from './ask.ts';
import type { Evaluator } from './evaluate.ts';
import { sendVolley } from './volley.ts';
import type { WatchedDevice } from './watched-device.ts';

/** Checks whether a device lives, and has it judged. Null where it was stopped in the middle. */
export type Check = (device: WatchedDevice) => Promise<Asked | null>;

export function createCheck(options: {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly probeOf: (device: WatchedDevice) => Probe | undefined;
  /** Patience for one packet, ms. */
  readonly patienceOf: (device: WatchedDevice) => number;
  readonly evaluator: Pick<Evaluator, 'planOf' | 'inDoubt' | 'observe'>;
  readonly isStopping: () => boolean;
}): Check {
  const { clock, timers, probeOf, patienceOf, evaluator, isStopping } = options;
  return async (device) => {
    const startedAt = clock();
    const probe = probeOf(device);
    const timeoutMs = patienceOf(device);
    const asked = await sendVolley({
      clock,
      timers,
      ...evaluator.planOf(device, timeoutMs),
      send: () => ask(probe, device, timeoutMs, clock),
      inDoubt: (sent) => (isStopping() ? 0 : evaluator.inDoubt(device, sent)),
    });
    if (isStopping()) return null;
    await evaluator.observe(device, asked.observation, startedAt);
    return asked;
  };
}
