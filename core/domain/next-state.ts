import type { ProbeFailure } from './errors.ts';
import type { State } from './state.ts';

/**
 * What one check of a device showed.
 * `silent` is a check that got no usable answer. `blind` says that the collector itself could not see since `since`
 * (its uplink was down, its process stopped, its probe cannot run): nothing is known of the device from then on.
 */
export type Observation =
  | {
      readonly kind: 'answered';
      readonly at: number;
      /** Null where the answer came but was not timed. */
      readonly roundTripMs: number | null;
      /** Share of this check's packets that got no answer, 0 to 100. */
      readonly lossPercent: number;
      /** What is wrong with a device that answers, in a word of its probe's: it is degraded while that holds. */
      readonly impairment?: string;
    }
  | {
      readonly kind: 'silent';
      readonly at: number;
      readonly failure: ProbeFailure;
      /** Someone who knows said so, such as the device itself or its broker: no more silences are waited for. */
      readonly isCertain?: boolean;
    }
  | { readonly kind: 'blind'; readonly at: number; readonly since: number; readonly reason: BlindReason };

export type BlindReason = 'collector-blind' | 'collector-stopped' | 'not-supported' | 'no-such-host';

/** Why a device is in its state; null where there is nothing to explain. */
export type StateReason = ProbeFailure | BlindReason | 'loss' | 'slow' | 'not-seen-yet' | Impairment;
/** A word of a probe's own: probes are an open set. */
type Impairment = string & {};

/** What is carried from one observation to the next; plain JSON. */
export type StatusMemory = {
  /** Silent checks in a row. */
  readonly failures: number;
  /** Moment of the first of them. */
  readonly silentSince: number | null;
  /** Answers in a row while not yet up again. */
  readonly answers: number;
  /** Moment of the first of them. */
  readonly answeringSince: number | null;
  /** Latest observation that was taken into account: older ones and repeats change nothing. */
  readonly observedAt: number;
  /** An outage is open. It stays open while the device is unknown. */
  readonly inOutage: boolean;
  /** Smoothed over the last checks; null before the first answer. */
  readonly lossPercent: number | null;
  readonly roundTripMs: number | null;
};

export type DeviceStatus = {
  readonly state: State;
  readonly since: number;
  readonly reason: StateReason | null;
  readonly lastSeenAt: number | null;
  readonly memory: StatusMemory;
};

export type StatePolicy = {
  /** Silent checks in a row before a device is down. */
  readonly failures: number;
  /** Answers in a row before a device that was down is up again. */
  readonly recoveries: number;
  /** How soon a check is repeated while its result awaits confirmation. */
  readonly confirmDelayMs: number;
  /** A device is degraded from `enter` on, and no longer at `leave` or below. */
  readonly lossPercent: { readonly enter: number; readonly leave: number };
  readonly roundTripMs: { readonly enter: number; readonly leave: number };
};

/** With a check each 6 s and 1.5 s of patience a device is down at most 12.5 s after its last answer. */
export const DEFAULT_STATE_POLICY: StatePolicy = {
  failures: 3,
  recoveries: 2,
  confirmDelayMs: 1_000,
  lossPercent: { enter: 20, leave: 10 },
  roundTripMs: { enter: 800, leave: 600 },
};

export type Transition = {
  readonly from: State;
  readonly to: State;
  /** The true moment: of the last answer for a fall, of the first answer for a recovery. */
  readonly at: number;
  /** When it was found out. */
  readonly detectedAt: number;
  readonly reason: StateReason | null;
  /** `open` starts an outage at `at`, `close` ends the open one at `at`. */
  readonly outage: 'open' | 'close' | null;
};

export type StateStep = { readonly status: DeviceStatus; readonly transition: Transition | null };

/** Weight of the newest check in the smoothed loss and round trip: a few checks count, a single one does not. */
const LOSS_WEIGHT = 0.1;
const ROUND_TRIP_WEIGHT = 0.3;

/** A device nobody has seen yet. */
export const firstStatus = (at: number): DeviceStatus => ({
  state: 'unknown',
  since: at,
  reason: 'not-seen-yet',
  lastSeenAt: null,
  memory: {
    failures: 0,
    silentSince: null,
    answers: 0,
    answeringSince: null,
    observedAt: at - 1,
    inOutage: false,
    lossPercent: null,
    roundTripMs: null,
  },
});

/** Whether the next check should come after `confirmDelayMs` rather than after the full interval. */
export function awaitsConfirmation(status: DeviceStatus, policy: StatePolicy): boolean {
  const { failures, answers } = status.memory;
  return (
    (status.state !== 'down' && failures > 0 && failures < policy.failures) || (status.state === 'down' && answers > 0)
  );
}

/**
 * The one rule of states. Pure: the same observation twice changes nothing the second time, and an observation older
 * than the last one is ignored. Moments of transitions never run backwards.
 */
export function nextState(previous: DeviceStatus, observation: Observation, policy: StatePolicy): StateStep {
  if (observation.at <= previous.memory.observedAt) return { status: previous, transition: null };
  switch (observation.kind) {
    case 'answered':
      return answered(previous, observation, policy);
    case 'silent':
      return silent(previous, observation, policy);
    case 'blind':
      return blind(previous, observation);
  }
}

type Of<Kind extends Observation['kind']> = Extract<Observation, { kind: Kind }>;

function answered(
  previous: DeviceStatus,
  { at, roundTripMs, lossPercent, impairment }: Of<'answered'>,
  policy: StatePolicy,
): StateStep {
  const { state } = previous;
  const wasSeen = state === 'up' || state === 'degraded';
  const answers = wasSeen ? 0 : previous.memory.answers + 1;
  const answeringSince = wasSeen ? null : (previous.memory.answeringSince ?? at);
  const memory: StatusMemory = {
    ...previous.memory,
    failures: 0,
    silentSince: null,
    answers,
    answeringSince,
    observedAt: at,
    // What was measured before an outage or blindness says nothing about the line of now, and one bad first answer
    // does not make a device degraded.
    lossPercent: smooth(
      (wasSeen ? previous.memory.lossPercent : null) ?? Math.min(lossPercent, policy.lossPercent.leave),
      lossPercent,
      LOSS_WEIGHT,
    ),
    roundTripMs:
      roundTripMs === null
        ? previous.memory.roundTripMs
        : smooth(
            (wasSeen ? previous.memory.roundTripMs : null) ?? Math.min(roundTripMs, policy.roundTripMs.leave),
            roundTripMs,
            ROUND_TRIP_WEIGHT,
          ),
  };
  const seen: DeviceStatus = { ...previous, lastSeenAt: at, memory };
  if (state === 'down' && answers < policy.recoveries) return { status: seen, transition: null };

  const fault = impairment ?? degradation(memory, state === 'degraded' ? previous.reason : null, policy);
  const to = fault === null ? 'up' : 'degraded';
  if (to === state) return { status: { ...seen, reason: fault }, transition: null };
  return change(
    { ...seen, memory: { ...memory, answers: 0, answeringSince: null, inOutage: false } },
    { to, at: answeringSince ?? at, detectedAt: at, reason: fault, outage: memory.inOutage ? 'close' : null },
  );
}

function silent(
  previous: DeviceStatus,
  { at, failure, isCertain = false }: Of<'silent'>,
  policy: StatePolicy,
): StateStep {
  const { state, lastSeenAt } = previous;
  const failures = previous.memory.failures + 1;
  const silentSince = previous.memory.silentSince ?? at;
  const memory: StatusMemory = {
    ...previous.memory,
    failures,
    silentSince,
    answers: 0,
    answeringSince: null,
    observedAt: at,
    lossPercent: previous.memory.lossPercent === null ? null : smooth(previous.memory.lossPercent, 100, LOSS_WEIGHT),
  };
  const status: DeviceStatus = { ...previous, memory };
  if (state === 'down' || (failures < policy.failures && !isCertain)) return { status, transition: null };
  // After blindness nobody knows when it fell: the outage starts with the first silence that was seen.
  const startedAt = state === 'unknown' ? silentSince : (lastSeenAt ?? silentSince);
  return change(
    { ...status, memory: { ...memory, inOutage: true } },
    { to: 'down', at: startedAt, detectedAt: at, reason: failure, outage: memory.inOutage ? null : 'open' },
  );
}

function blind(previous: DeviceStatus, { at, since, reason }: Of<'blind'>): StateStep {
  const { memory } = previous;
  const forgetful: DeviceStatus = {
    ...previous,
    memory: { ...memory, failures: 0, silentSince: null, answers: 0, answeringSince: null, observedAt: at },
  };
  if (previous.state === 'unknown') return { status: forgetful, transition: null };
  // Observations made after the last sign of life were real ones: what cannot be seen begins after them.
  const from = Math.min(
    at,
    Math.max(since, previous.since, memory.failures > 0 ? (previous.lastSeenAt ?? since) : memory.observedAt),
  );
  return change(forgetful, { to: 'unknown', at: from, detectedAt: at, reason, outage: null });
}

function change(status: DeviceStatus, change: Omit<Transition, 'from'>): StateStep {
  const at = Math.max(change.at, status.since);
  const transition = { ...change, from: status.state, at };
  return { status: { ...status, state: change.to, since: at, reason: change.reason }, transition };
}

const smooth = (previous: number, value: number, weight: number): number => previous + weight * (value - previous);

/** The reason to be degraded, or null. A reason that holds is kept down to its `leave`. */
function degradation(memory: StatusMemory, current: StateReason | null, policy: StatePolicy): 'loss' | 'slow' | null {
  const { lossPercent, roundTripMs } = policy;
  const isOver = (value: number | null, limit: { enter: number; leave: number }, held: boolean): boolean =>
    value !== null && (held ? value > limit.leave : value >= limit.enter);
  if (isOver(memory.lossPercent, lossPercent, current === 'loss')) return 'loss';
  if (isOver(memory.roundTripMs, roundTripMs, current === 'slow')) return 'slow';
  return null;
}
