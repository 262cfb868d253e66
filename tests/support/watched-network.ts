import { DEFAULT_COLLECTOR_CONFIG } from '../../collector/config.ts';
import { createAvailability } from '../../collector/pipeline/availability.ts';
import { createCheck } from '../../collector/pipeline/check.ts';
import { createEvaluator, type Evaluator } from '../../collector/pipeline/evaluate.ts';
import { createKinship } from '../../collector/pipeline/kinship.ts';
import { createSchedule } from '../../collector/pipeline/schedule.ts';
import type { TransitionWriter } from '../../collector/pipeline/transitions.ts';
import type { WatchedDevice } from '../../collector/pipeline/watched-device.ts';
import type { Probe } from '../../collector/probe.ts';
import { ProbeError } from '../../core/domain/errors.ts';
import {
  DEFAULT_STATE_POLICY,
  type DeviceStatus,
  type StatePolicy,
  type Transition,
} from '../../core/domain/next-state.ts';
import type { Sample } from '../../core/domain/sample.ts';
import { type HandClock, handClock } from './hand-clock.ts';
import { watchedDevice as anyDevice } from './probe-tools.ts';

export type Change = Transition & { readonly deviceId: string };

/** The real schedule, checks and evaluator over devices that a test lets answer or not, with time in its hand. */
export type WatchedNetwork = {
  readonly time: HandClock;
  readonly evaluator: Evaluator;
  readonly changes: Change[];
  readonly samples: Sample[];
  /** Packets that left, in all. */
  packets(): number;
  changesOf(deviceId: string): readonly Change[];
  /** Devices that do not answer, from now on. */
  silence(...deviceIds: string[]): void;
  answer(...deviceIds: string[]): void;
  /** Nobody can see anything, or can again. */
  setSight(canSee: boolean): void;
  stop(): Promise<void>;
};

export const watchedDevice = (id: string, change: Partial<WatchedDevice> = {}): WatchedDevice =>
  anyDevice({ id, reachability: 'fake', reachIntervalMs: DEFAULT_COLLECTOR_CONFIG.reachIntervalMs, ...change });

export function watchNetwork(
  devices: readonly WatchedDevice[],
  options: {
    readonly policyOf?: (device: WatchedDevice) => StatePolicy;
    readonly patienceOf?: (device: WatchedDevice) => number;
    readonly roundTripMs?: (device: WatchedDevice) => number;
    /** Whether a packet that leaves now is lost although its device lives. */
    readonly isLost?: (device: WatchedDevice) => boolean;
    /** What is told of changes of state besides the list of them. */
    readonly writer?: Pick<TransitionWriter, 'add' | 'isWaiting'>;
    /** As they were stored. */
    readonly statuses?: ReadonlyMap<string, DeviceStatus>;
    readonly time?: HandClock;
  } = {},
): WatchedNetwork {
  const {
    policyOf = () => DEFAULT_STATE_POLICY,
    patienceOf = () => DEFAULT_COLLECTOR_CONFIG.reachTimeoutMs,
    roundTripMs = () => 20,
    isLost = () => false,
    writer,
    statuses = new Map(),
    time = handClock(),
  } = options;
  const silent = new Set<string>();
  const changes: Change[] = [];
  const samples: Sample[] = [];
  let packets = 0;
  let canSee = true;
  let isStopping = false;
  const schedule = createSchedule({
    timers: time,
    maxInFlight: DEFAULT_COLLECTOR_CONFIG.maxReachInFlight,
    onError(error) {
      throw error;
    },
  });
  const evaluator = createEvaluator({
    clock: time.clock,
    timers: time,
    statuses,
    policyOf,
    kinship: createKinship(devices),
    sight: { canSee: () => canSee, hasSeenSince: async () => canSee, stoodStillSince: () => false },
    availability: createAvailability(30_000),
    recorder: { add: (added) => samples.push(...added) },
    writer: {
      add(device, transition, status) {
        changes.push({ ...transition, deviceId: device.id });
        writer?.add(device, transition, status);
      },
      isWaiting: (id) => writer?.isWaiting(id) ?? false,
    },
    checkAgain: (id, delayMs) => schedule.hasten(id, delayMs),
  });
  const probe: Probe = {
    reach(device, timeoutMs) {
      packets++;
      const takesMs = roundTripMs(device);
      const isGone = silent.has(device.id) || takesMs >= timeoutMs || isLost(device);
      return new Promise((resolve, reject) => {
        if (isGone) time.after(timeoutMs, () => reject(new ProbeError('timeout', 'no answer')));
        else time.after(takesMs, () => resolve({ roundTripMs: takesMs }));
      });
    },
    close: async () => {},
  };
  const check = createCheck({
    clock: time.clock,
    timers: time,
    probeOf: () => probe,
    patienceOf,
    evaluator,
    isStopping: () => isStopping,
  });
  for (const device of devices) {
    const { id, reachIntervalMs } = device;
    const run = async (): Promise<void> => void (await check(device));
    schedule.set(id, { intervalMs: reachIntervalMs, firstWithinMs: reachIntervalMs, run });
  }
  return {
    time,
    evaluator,
    changes,
    samples,
    packets: () => packets,
    changesOf: (deviceId) => changes.filter((change) => change.deviceId === deviceId),
    silence(...ids) {
      for (const id of ids) silent.add(id);
    },
    answer(...ids) {
      for (const id of ids) silent.delete(id);
    },
    setSight(next) {
      canSee = next;
    },
    async stop() {
      isStopping = true;
      evaluator.stop();
      const stopped = schedule.stop();
      await time.advance(120_000);
      await stopped;
    },
  };
}
