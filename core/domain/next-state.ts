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
      /** Packets of this check; 1 where nothing is said. */
      readonly packets?: number;
      /** What is wrong with a device that answers, in a word of its probe's: it is degraded while that holds. */
      readonly impairment?: string;
    }
  | {
      readonly kind: 'silent';
      readonly at: number;
      readonly failure: ProbeFailure;
      /** Packets of this check, none of them answered; 1 where nothing is said. */
      readonly packets?: number;
      /** When the first of them left; `at` where nothing is said. */
      readonly since?: number;
      /** Everything that the device is reached through is down itself: its silence says nothing of it. */
      readonly isCutOff?: boolean;
      /** Someone who knows said so, such as the device itself or its broker: no more silences are waited for. */
      readonly isCertain?: boolean;
    }
  | { readonly kind: 'blind'; readonly at: number; readonly since: number; readonly reason: BlindReason };

export type BlindReason = 'collector-blind' | 'collector-stopped' | 'not-supported' | 'no-such-host';

/** Why a device is in its state; null where there is nothing to explain. */
export type StateReason =
  | ProbeFailure
  | BlindReason
  | 'loss'
  | 'slow'
  | 'not-seen-yet'
  | typeof PARENT_DOWN
  | typeof ONE_PATH
  | typeof COLLECTOR_AWAY
  | Impairment;
/** Everything that the device is reached through is down. The device itself is unknown. */
export const PARENT_DOWN = 'parent-down';
/** No collector that watches it has been heard of: what it sees meanwhile is known when it is back. */
export const COLLECTOR_AWAY = 'collector-away';
/** It answers, and one of the ways to it is cut. */
export const ONE_PATH = 'one-path';
/** A word of a probe's own: probes are an open set. */
type Impairment = string & {};

/** What is carried from one observation to the next; plain JSON. */
export type StatusMemory = {
  /** Silent packets in a row. None are counted behind a parent that is down. */
  readonly failures: number;
  /** When the first of them left. */
  readonly silentSince: number | null;
  /** Answers in a row while not yet up again. */
  readonly answers: number;
  /** Moment of the first of them. */
  readonly answeringSince: number | null;
  /** Latest observation that was taken into account: older ones and repeats change nothing. */
  readonly observedAt: number;
  /** An outage is open. It stays open while the device is unknown. */
  readonly inOutage: boolean;
  /** The open outage is still the parents': it was never seen to be the device's own. */
  readonly isParentsOutage: boolean;
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
  /** Silent packets in a row before a device is down. */
  readonly failures: number;
  /** The same where everything before the device is known to be down. */
  readonly failuresWhenCutOff: number;
  /** Answers in a row before a device that was down is up again. */
  readonly recoveries: number;
  /** How soon a check is repeated while its result awaits confirmation. */
  readonly confirmDelayMs: number;
  /**
   * How far apart the packets of one check leave while none is answered. Null: a check is one question, whose protocol
   * deals with lost packets by itself.
   */
  readonly gapMs: number | null;
  /** A device is degraded from `enter` on, and no longer at `leave` or below. */
  readonly lossPercent: { readonly enter: number; readonly leave: number };
  readonly roundTripMs: { readonly enter: number; readonly leave: number };
};

/**
 * Of 11,000 devices that are checked each 5.5 s a week has 11,000 · 604,800 / 5.5 = 1.21e9 checks. A check whose first
 * packet is not answered sends up to seven more, and only where all eight are lost is a device said to be down by
 * mistake. Where packets are lost at random, so many times a week:
 *
 *     2 % of round trips              0.02^8   · 1.21e9 = 3.1e-5
 *     2 % in each direction           0.0396^8 · 1.21e9 = 7.3e-3
 *     for comparison, three silences  0.02^3   · 1.21e9 = 9,680
 *
 * The quiet case costs what it did: one packet a check, and 0.0204 more at 2 % loss. With 1.35 s of patience for each
 * packet a fall is found 5.5 + 7 · 0.35 + 1.35 = 9.3 s after the last answer.
 */
export const DEFAULT_STATE_POLICY: StatePolicy = {
  failures: 8,
  failuresWhenCutOff: 3,
  recoveries: 2,
  confirmDelayMs: 1_000,
  gapMs: 350,
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
  /**
   * `open` starts an outage at `at`, `close` ends the open one at `at`. `own`: what began as the parents' outage goes on
   * as the device's own from `at`, for they are back and it is not.
   */
  readonly outage: 'open' | 'close' | 'own' | null;
};

export type StateStep = { readonly status: DeviceStatus; readonly transition: Transition | null };

/**
 * Weight of a packet in the smoothed loss. At 2 % random loss the mean strays by 1.7 points, so that 20 are ten times as
 * far off; a line that loses every third packet is found degraded after some thirty packets.
 */
const LOSS_WEIGHT = 0.03;
/** Weight of a check in the smoothed round trip: a few checks count, a single one does not. */
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
    isParentsOutage: false,
    lossPercent: null,
    roundTripMs: null,
  },
});

/** Whether nothing can be said of a device because everything that it is reached through is down. */
export const isBehindParent = ({ state, reason }: Pick<DeviceStatus, 'state' | 'reason'>): boolean =>
  state === 'unknown' && reason === PARENT_DOWN;

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
  { at, roundTripMs, lossPercent, packets = 1, impairment }: Of<'answered'>,
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
      weightOf(packets),
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
    { ...seen, memory: { ...memory, answers: 0, answeringSince: null, inOutage: false, isParentsOutage: false } },
    { to, at: answeringSince ?? at, detectedAt: at, reason: fault, outage: memory.inOutage ? 'close' : null },
  );
}

function silent(
  previous: DeviceStatus,
  { at, failure, packets = 1, since = at, isCertain = false, isCutOff = false }: Of<'silent'>,
  policy: StatePolicy,
): StateStep {
  const { state, lastSeenAt } = previous;
  const isStillBehind = isCutOff && isBehindParent(previous);
  const failures = isStillBehind ? 0 : previous.memory.failures + packets;
  const silentSince = isStillBehind ? null : (previous.memory.silentSince ?? since);
  const { lossPercent } = previous.memory;
  const memory: StatusMemory = {
    ...previous.memory,
    failures,
    silentSince,
    answers: 0,
    answeringSince: null,
    observedAt: at,
    lossPercent: lossPercent === null ? null : smooth(lossPercent, 100, weightOf(packets)),
  };
  const status: DeviceStatus = { ...previous, memory };
  const needed = isCutOff ? Math.min(policy.failures, policy.failuresWhenCutOff) : policy.failures;
  // A device that fell by itself before its parents did stays down: that is what was seen of it last.
  if (state === 'down' || isStillBehind || (failures < needed && !isCertain)) return { status, transition: null };
  // After blindness nobody knows when it fell: the outage starts with the first silence that was seen.
  const startedAt = state === 'unknown' ? (silentSince ?? at) : (lastSeenAt ?? silentSince ?? at);
  const { inOutage, isParentsOutage } = memory;
  if (isCutOff)
    return change(
      {
        ...status,
        memory: {
          ...memory,
          failures: 0,
          silentSince: null,
          inOutage: true,
          isParentsOutage: !inOutage || isParentsOutage,
        },
      },
      { to: 'unknown', at: startedAt, detectedAt: at, reason: PARENT_DOWN, outage: inOutage ? null : 'open' },
    );
  return change(
    { ...status, memory: { ...memory, inOutage: true, isParentsOutage: false } },
    {
      to: 'down',
      at: startedAt,
      detectedAt: at,
      reason: failure,
      outage: !inOutage ? 'open' : isParentsOutage ? 'own' : null,
    },
  );
}

function blind(previous: DeviceStatus, { at, since, reason }: Of<'blind'>): StateStep {
  const { memory } = previous;
  const forgetful: DeviceStatus = {
    ...previous,
    memory: { ...memory, failures: 0, silentSince: null, answers: 0, answeringSince: null, observedAt: at },
  };
  if (previous.state === 'unknown' && !isBehindParent(previous)) return { status: forgetful, transition: null };
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

/** Of so many packets in a row that are taken together. */
const weightOf = (packets: number): number => 1 - (1 - LOSS_WEIGHT) ** packets;
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
