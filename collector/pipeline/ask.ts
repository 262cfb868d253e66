import type { Clock } from '../../core/domain/clock.ts';
import { ProbeError } from '../../core/domain/errors.ts';
import type { BlindReason, Observation } from '../../core/domain/next-state.ts';
import type { Probe, ReachAnswer } from '../probe.ts';
import type { WatchedDevice } from './watched-device.ts';

export type Asked = {
  readonly observation: Observation;
  readonly answer?: ReachAnswer;
  /** Why it is silent. The same object again where a failure was handed out twice and only one packet left. */
  readonly error?: ProbeError;
};

/** The one caller of probes' `reach`: silence is a result, and so is not being able to ask. */
export async function ask(
  probe: Probe | undefined,
  device: WatchedDevice,
  timeoutMs: number,
  clock: Clock,
): Promise<Asked> {
  const startedAt = clock();
  const blind = (at: number, reason: BlindReason): Asked => ({
    observation: { kind: 'blind', at, since: startedAt, reason },
  });
  if (probe?.reach === undefined) return blind(startedAt, 'not-supported');
  try {
    const answer = await probe.reach(device, timeoutMs);
    const { roundTripMs, impairment } = answer;
    const seen = { kind: 'answered', at: clock(), roundTripMs, lossPercent: 0 } as const;
    return { observation: impairment === undefined ? seen : { ...seen, impairment }, answer };
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    const { failure } = error;
    if (failure === 'not-supported' || failure === 'no-such-host') return blind(clock(), failure);
    return { observation: { kind: 'silent', at: clock(), since: startedAt, failure }, error };
  }
}
