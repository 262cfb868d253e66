import { MINUTE } from './clock.ts';
import { isAtLeast, type Severity } from './severity.ts';

export type StepTimes = {
  readonly afterMinutes: number;
  readonly minSeverity: Severity;
  readonly repeat: { readonly everyMinutes: number; readonly times: number } | null;
  readonly evenIfAcknowledged: boolean;
};

/** An incident as the escalation sees it. */
export type Course = {
  readonly beganAt: number;
  readonly severity: Severity;
  readonly isAcknowledged: boolean;
  /** Nothing escalates before. */
  readonly heldUntil: number | null;
  /** It recovered, or another incident took it over. */
  readonly isOver: boolean;
};

/** `round` 0 is the step itself, each further one a repeat. */
export type StepRound = { readonly step: number; readonly round: number };
export type TakenStep = StepRound & { readonly at: number };

export type EscalationOptions = {
  readonly now: number;
  /** When the steps were set up: what was due before is not made up for. */
  readonly since: number;
};

/**
 * How far a step escalates: 0 for those that say that it is down, at the time of the first one, and then one more for
 * each later time.
 */
export function levelOf(steps: readonly Pick<StepTimes, 'afterMinutes'>[], step: number): number {
  const times = [...new Set(steps.map(({ afterMinutes }) => afterMinutes))].sort((a, b) => a - b);
  return Math.max(0, times.indexOf(steps[step]?.afterMinutes ?? 0));
}

/**
 * Steps of a policy that are due, each at most once, in order. What could not be taken in its time (nobody ran, or the
 * escalation was held) is taken late, and those after it keep their distance to it: people get the time that the policy
 * gives them.
 */
export function stepsDue(
  steps: readonly StepTimes[],
  course: Course,
  taken: readonly TakenStep[],
  { now, since }: EscalationOptions,
): readonly StepRound[] {
  if (course.isOver) return [];
  const due: StepRound[] = [];
  const all = [...taken];
  for (const [step, times] of steps.entries()) {
    const isFirst = levelOf(steps, step) === 0;
    if (!isWanted(times, course, isFirst)) continue;
    if (!isFirst && course.heldUntil !== null && now < course.heldUntil) continue;
    const rounds = taken.filter((one) => one.step === step);
    if (rounds.length === 0) {
      const planned = course.beganAt + times.afterMinutes * MINUTE;
      const at = Math.max(planned, notBefore(step, steps, all));
      if (now < at || at < since) continue;
      due.push({ step, round: 0 });
      all.push({ step, round: 0, at: now });
      continue;
    }
    const last = rounds.reduce((latest, one) => (one.round > latest.round ? one : latest));
    const { repeat } = times;
    if (repeat === null || last.round >= repeat.times) continue;
    if (course.isAcknowledged && !times.evenIfAcknowledged) continue;
    if (now >= last.at + repeat.everyMinutes * MINUTE) due.push({ step, round: last.round + 1 });
  }
  return due;
}

/** That it is down is told whether or not somebody has taken it on meanwhile. */
const isWanted = (
  { minSeverity, evenIfAcknowledged }: StepTimes,
  { severity, isAcknowledged }: Course,
  isFirst: boolean,
): boolean => isAtLeast(severity, minSeverity) && (isFirst || !isAcknowledged || evenIfAcknowledged);

/** As long after the step before it as the policy says. */
function notBefore(step: number, steps: readonly StepTimes[], taken: readonly TakenStep[]): number {
  let earliest = Number.NEGATIVE_INFINITY;
  for (const one of taken) {
    const before = steps[one.step];
    const own = steps[step];
    if (before === undefined || own === undefined || one.round !== 0 || one.step >= step) continue;
    earliest = Math.max(earliest, one.at + (own.afterMinutes - before.afterMinutes) * MINUTE);
  }
  return earliest;
}
