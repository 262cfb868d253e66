import type { Clock } from '../../core/domain/clock.ts';
import {
  awaitsConfirmation,
  type BlindReason,
  type DeviceStatus,
  firstStatus,
  isBehindParent,
  nextState,
  type Observation,
  ONE_PATH,
  type StatePolicy,
} from '../../core/domain/next-state.ts';
import type { State } from '../../core/domain/state.ts';
import type { Touch } from '../../core/stores/inventory/statuses.ts';
import type { Timers } from '../../core/timers.ts';
import type { Availability } from './availability.ts';
import type { Kinship } from './kinship.ts';
import { createParents } from './parents.ts';
import type { Recorder } from './record.ts';
import type { Sight } from './sight.ts';
import type { TransitionWriter } from './transitions.ts';
import type { WatchedDevice } from './watched-device.ts';

/** How a device is to be checked now. */
export type CheckPlan = { readonly packets: number; readonly firstGapMs: number; readonly gapMs: number };

export type Evaluator = {
  /** @param timeoutMs patience for one packet: what takes long is not in doubt soon */
  planOf(device: WatchedDevice, timeoutMs: number): CheckPlan;
  /** So many packets of a check left without an answer yet. @returns how many must be lost for the device to fall */
  inDoubt(device: WatchedDevice, sent: number): number;
  /**
   * Takes one check into account. Silence counts only while the collector can see, and a fall waits until what lies
   * before the device is verified.
   * @param startedAt when the check began, UTC ms
   */
  observe(device: WatchedDevice, observation: Observation, startedAt: number): Promise<void>;
  /** Nothing was seen of any of these devices since then. */
  blind(devices: Iterable<WatchedDevice>, since: number, reason: BlindReason): void;
  stateOf(deviceId: string): State;
  /** When each device was last seen, UTC ms. */
  lastSeen(): ReadonlyMap<string, number>;
  forget(deviceId: string): void;
  /** What was observed since the last call without a change of state, of devices whose changes are all stored. */
  takeTouches(): readonly Touch[];
  /** Whatever waits for parents is let go without a verdict. */
  stop(): void;
};

/** A fall is said at the latest so long after the last answer, and leaves the rest of 15 s to store and show it. */
const SAY_WITHIN_MS = 13_500;
/** Parents are waited for at least and at most so long, where the last answer lies further back. */
const PARENT_WAIT_MS = { least: 1_500, most: 6_000 };
const LOOK_AGAIN_MS = 3_000;

export function createEvaluator(options: {
  readonly clock: Clock;
  readonly timers: Timers;
  /** As they were stored. */
  readonly statuses: ReadonlyMap<string, DeviceStatus>;
  readonly policyOf: (device: WatchedDevice) => StatePolicy;
  readonly kinship: Pick<Kinship, 'parentsOf' | 'childrenOf' | 'ancestorsOf'>;
  readonly sight: Pick<Sight, 'canSee' | 'hasSeenSince' | 'stoodStillSince'>;
  readonly availability: Availability;
  readonly recorder: Pick<Recorder, 'add'>;
  readonly writer: Pick<TransitionWriter, 'add' | 'isWaiting'>;
  /** Asks for another check of a device soon. */
  readonly checkAgain: (deviceId: string, delayMs: number) => void;
}): Evaluator {
  const { clock, timers, policyOf, kinship, sight, availability, recorder, writer, checkAgain } = options;
  const statuses = new Map(options.statuses);
  const touched = new Set<string>();
  const parents = createParents({ clock, timers, kinship, statusOf: (id) => statuses.get(id), checkAgain });

  const statusOf = (id: string): DeviceStatus => {
    const known = statuses.get(id) ?? firstStatus(clock());
    statuses.set(id, known);
    return known;
  };

  function apply(device: WatchedDevice, observation: Observation): void {
    const { id, reachability } = device;
    const previous = statusOf(id);
    const policy = policyOf(device);
    // Where the wall clock was set back, moments still run forward until it has caught up.
    const at = Math.max(observation.at, previous.memory.observedAt + 1);
    const { status, transition } = nextState(previous, { ...observation, at }, policy);
    statuses.set(id, status);
    touched.add(id);
    recorder.add(availability.note({ id, usesPing: reachability === 'icmp' }, { ...observation, at }, isOut(id)));
    if (transition !== null) writer.add(device, transition, status);
    parents.noted(id, previous, status);
    // What lies before it is back: those behind are looked for more often until they are found, or judged.
    if (isBehindParent(status) && !kinship.parentsOf(id).every(isOut)) checkAgain(id, LOOK_AGAIN_MS);
    else if (awaitsConfirmation(status, policy)) checkAgain(id, policy.confirmDelayMs);
  }

  const isOut = (id: string): boolean => {
    const status = statuses.get(id);
    return status !== undefined && (status.state === 'down' || isBehindParent(status));
  };

  const neededOf = (device: WatchedDevice, isCutOff: boolean): number => {
    const { failures, failuresWhenCutOff } = policyOf(device);
    return isCutOff ? Math.min(failures, failuresWhenCutOff) : failures;
  };

  async function observeSilence(device: WatchedDevice, silence: Silence, startedAt: number): Promise<void> {
    const { id } = device;
    if (!sight.canSee()) return;
    if (sight.stoodStillSince(startedAt)) return checkAgain(id, 0);
    const before = statusOf(id);
    const { memory, lastSeenAt } = before;
    const isCutOff = parents.isCutOff(id);
    const isFalling = memory.failures + (silence.packets ?? 1) >= neededOf(device, isCutOff);
    const isKnown = before.state === 'down' || (isCutOff && isOut(id));
    if (isKnown || !isFalling) {
      if (!isKnown && !isCutOff) parents.doubtAnew(id);
      return apply(device, { ...silence, isCutOff });
    }
    if (!(await sight.hasSeenSince(memory.silentSince ?? silence.since ?? startedAt))) return;
    const { least, most } = PARENT_WAIT_MS;
    const leftMs = (lastSeenAt ?? 0) + SAY_WITHIN_MS - clock();
    const verdict = await parents.judge(id, Math.min(most, Math.max(least, leftMs)));
    // Meanwhile it may have been heard, or nobody could see any more.
    if (verdict === 'stopped' || statuses.get(id) !== before) return;
    apply(device, { ...silence, at: Math.max(silence.at, clock()), isCutOff: verdict === 'cut-off' });
  }

  return {
    planOf(device, timeoutMs) {
      const { failures, gapMs } = policyOf(device);
      const { state, memory } = statusOf(device.id);
      const isSingle = gapMs === null || state === 'down' || (isOut(device.id) && parents.isCutOff(device.id));
      if (isSingle) return { packets: 1, firstGapMs: 0, gapMs: 0 };
      // Over a slow line no answer can be there after the usual gap: only what is late is in doubt.
      const usualMs = Math.ceil(1.5 * (memory.roundTripMs ?? 0));
      return { packets: failures, firstGapMs: Math.min(timeoutMs, Math.max(gapMs, usualMs)), gapMs };
    },
    inDoubt(device, sent) {
      const needed = neededOf(device, parents.isCutOff(device.id));
      // One packet alone is lost too often to ask others about it. What they say is believed if they still say it when
      // the last packet leaves: the first few may have been lost by chance before all of it was cut.
      if (sent === needed - 1) parents.doubtAnew(device.id);
      else if (sent > 1) parents.doubt(device.id);
      return needed;
    },
    async observe(device, observation, startedAt) {
      switch (observation.kind) {
        case 'answered':
          parents.believe(device.id);
          return apply(
            device,
            observation.impairment === undefined && parents.isOnePath(device.id)
              ? { ...observation, impairment: ONE_PATH }
              : observation,
          );
        case 'silent':
          if (observation.isCertain !== true) return await observeSilence(device, observation, startedAt);
          return apply(device, { ...observation, isCutOff: parents.isCutOff(device.id) });
        case 'blind':
          return apply(device, observation);
      }
    },
    blind(devices, since, reason) {
      const at = clock();
      for (const device of devices) apply(device, { kind: 'blind', at, since, reason });
    },
    stateOf: (id) => statuses.get(id)?.state ?? 'unknown',
    lastSeen: () =>
      new Map([...statuses].flatMap(([id, { lastSeenAt }]) => (lastSeenAt === null ? [] : [[id, lastSeenAt]]))),
    forget(id) {
      statuses.delete(id);
      touched.delete(id);
      parents.forget(id);
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
    stop: parents.stop,
  };
}

type Silence = Extract<Observation, { kind: 'silent' }>;
