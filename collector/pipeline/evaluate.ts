import type { Clock } from '../../core/domain/clock.ts';
import {
  awaitsConfirmation,
  type BlindReason,
  type DeviceStatus,
  firstStatus,
  nextState,
  type Observation,
  type StatePolicy,
} from '../../core/domain/next-state.ts';
import type { State } from '../../core/domain/state.ts';
import type { Touch } from '../../core/stores/inventory/statuses.ts';
import type { Availability } from './availability.ts';
import type { Recorder } from './record.ts';
import type { Sight } from './sight.ts';
import type { TransitionWriter } from './transitions.ts';
import type { WatchedDevice } from './watched-device.ts';

export type Evaluator = {
  /**
   * Takes one check into account. Silence counts only while the collector can see.
   * @param startedAt when the check began, UTC ms
   */
  observe(device: WatchedDevice, observation: Observation, startedAt: number): Promise<void>;
  /** Nothing was seen of any of these devices since then. */
  blind(devices: Iterable<WatchedDevice>, since: number, reason: BlindReason): void;
  stateOf(deviceId: string): State;
  forget(deviceId: string): void;
  /** What was observed since the last call without a change of state, of devices whose changes are all stored. */
  takeTouches(): readonly Touch[];
};

export function createEvaluator(options: {
  readonly clock: Clock;
  /** As they were stored. */
  readonly statuses: ReadonlyMap<string, DeviceStatus>;
  readonly policyOf: (device: WatchedDevice) => StatePolicy;
  readonly sight: Pick<Sight, 'canSee' | 'hasSeenSince' | 'stoodStillSince'>;
  readonly availability: Availability;
  readonly recorder: Pick<Recorder, 'add'>;
  readonly writer: Pick<TransitionWriter, 'add' | 'isWaiting'>;
  /** Asks for another check of a device soon. */
  readonly checkAgain: (deviceId: string, delayMs: number) => void;
}): Evaluator {
  const { clock, policyOf, sight, availability, recorder, writer, checkAgain } = options;
  const statuses = new Map(options.statuses);
  const touched = new Set<string>();

  const statusOf = (id: string): DeviceStatus => {
    const known = statuses.get(id) ?? firstStatus(clock());
    statuses.set(id, known);
    return known;
  };

  function apply(device: WatchedDevice, observation: Observation): void {
    const previous = statusOf(device.id);
    const policy = policyOf(device);
    // Where the wall clock was set back, moments still run forward until it has caught up.
    const at = Math.max(observation.at, previous.memory.observedAt + 1);
    const { status, transition } = nextState(previous, { ...observation, at }, policy);
    statuses.set(device.id, status);
    touched.add(device.id);
    const { id, reachability } = device;
    recorder.add(availability.note({ id, usesPing: reachability === 'icmp' }, { ...observation, at }, status.state));
    if (transition !== null) writer.add(device, transition, status);
    if (awaitsConfirmation(status, policy)) checkAgain(id, policy.confirmDelayMs);
  }

  /** Whether a silence may be held against the device. */
  async function isItsOwn(device: WatchedDevice, startedAt: number): Promise<boolean> {
    if (!sight.canSee()) return false;
    if (sight.stoodStillSince(startedAt)) {
      checkAgain(device.id, 0);
      return false;
    }
    const { state, memory } = statusOf(device.id);
    const wouldFall = state !== 'down' && memory.failures + 1 >= policyOf(device).failures;
    return !wouldFall || (await sight.hasSeenSince(memory.silentSince ?? startedAt));
  }

  return {
    async observe(device, observation, startedAt) {
      const isDoubtful = observation.kind === 'silent' && observation.isCertain !== true;
      if (isDoubtful && !(await isItsOwn(device, startedAt))) return;
      apply(device, observation);
    },
    blind(devices, since, reason) {
      const at = clock();
      for (const device of devices) apply(device, { kind: 'blind', at, since, reason });
    },
    stateOf: (id) => statuses.get(id)?.state ?? 'unknown',
    forget(id) {
      statuses.delete(id);
      touched.delete(id);
    },
    takeTouches() {
      const touches: Touch[] = [];
      for (const deviceId of touched) {
        const status = statuses.get(deviceId);
        if (status === undefined || writer.isWaiting(deviceId)) continue;
        touches.push({ deviceId, lastSeenAt: status.lastSeenAt, memory: status.memory });
        touched.delete(deviceId);
      }
      return touches;
    },
  };
}
