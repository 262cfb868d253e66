import { SECOND } from './clock.ts';
import { difference, type Interval, joined } from './intervals.ts';
import { PARENT_DOWN } from './next-state.ts';
import { type State, villageState, worstState } from './state.ts';
import { combined, type Stretch, type Timeline, timelineOf } from './timeline.ts';

/** Why a stretch of time does not count; where several hold at once, the first of these does. */
export const EXCLUSION_REASONS = ['planned', 'force-majeure', 'power', 'other'] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];
export type ExcludedTime = Interval & { readonly reason: ExclusionReason };

/**
 * What a moment counts as. `cut-off` is unknown, too: everything before the thing was down, and that outage is counted
 * where it was.
 */
export const CONDITIONS = ['up', 'degraded', 'down', 'unknown', 'cut-off', ...EXCLUSION_REASONS] as const;
export type Condition = (typeof CONDITIONS)[number];
export type ConditionLine = Timeline<Condition>;

const EXCLUDED: ReadonlySet<Condition> = new Set(EXCLUSION_REASONS);
export const isExcluded = (condition: Condition): condition is ExclusionReason => EXCLUDED.has(condition);

/** A stretch of one state of a device, as it was stored. */
export type StateSpan = Interval & { readonly state: State; readonly reason: string | null };

/**
 * Figures are told to the second, so a boundary counts as its whole second: what is listed then adds up to what is
 * summed, and a blink within one second is none.
 */
export const wholeSecond = (at: number): number => Math.floor(at / SECOND) * SECOND;
export const wholeSeconds = <Of extends Interval>(interval: Of): Of => ({
  ...interval,
  from: wholeSecond(interval.from),
  to: wholeSecond(interval.to),
});

/** A device over a period of whole seconds; where nothing is stored, nothing is known. */
export function deviceLine(spans: readonly StateSpan[], period: Interval): ConditionLine {
  const stretches = spans.map((span): Stretch<Condition> => {
    const { from, to, state, reason } = wholeSeconds(span);
    return { from, to, value: state === 'unknown' && reason === PARENT_DOWN ? 'cut-off' : state };
  });
  return timelineOf(stretches, period, 'unknown');
}

/** The line with what does not count taken out of it, in whatever state it was. */
export function withExclusions(line: ConditionLine, excluded: readonly ExcludedTime[]): ConditionLine {
  const [start, end] = [line[0], line.at(-1)];
  if (start === undefined || end === undefined || excluded.length === 0) return line;
  const period = { from: start.from, to: end.to };
  let left = joined(excluded.map(wholeSeconds));
  const stretches: Stretch<Condition | null>[] = [];
  for (const reason of EXCLUSION_REASONS) {
    const own = joined(excluded.filter((one) => one.reason === reason).map(wholeSeconds));
    const others = difference(left, own);
    stretches.push(...difference(left, others).map(({ from, to }) => ({ from, to, value: reason })));
    left = others;
  }
  const over = timelineOf<Condition | null>(
    stretches.sort((a, b) => a.from - b.from),
    period,
    null,
  );
  return combined<Condition | null, Condition>([line, over], ([condition, reason]) => reason ?? condition ?? 'unknown');
}

const seen = (conditions: readonly Condition[]): readonly Condition[] => conditions.filter((one) => !isExcluded(one));
const firstExcluded = (conditions: readonly Condition[]): Condition =>
  EXCLUSION_REASONS.find((reason) => conditions.includes(reason)) ?? 'unknown';
const asState = (condition: Condition): State =>
  condition === 'up' || condition === 'degraded' || condition === 'down' ? condition : 'unknown';
/** Nothing known, and whether that is because all of it was cut off. */
const unseen = (conditions: readonly Condition[]): Condition =>
  conditions.includes('cut-off') && !conditions.includes('unknown') ? 'cut-off' : 'unknown';

/** A site by its devices: the worst of those that count at the time. */
export function siteCondition(devices: readonly Condition[]): Condition {
  const counting = seen(devices);
  if (counting.length === 0) return firstExcluded(devices);
  const worst = worstState(counting.map(asState));
  return worst === 'unknown' ? unseen(counting) : worst;
}

/** A village by its sites: partial is degraded, and counts as served. */
export function villageCondition(sites: readonly Condition[]): Condition {
  const counting = seen(sites);
  if (counting.length === 0) return firstExcluded(sites);
  switch (villageState(counting.map(asState))) {
    case 'normal':
      return 'up';
    case 'partial':
      return 'degraded';
    case 'down':
      return 'down';
    case 'unknown':
      return unseen(counting);
  }
}

/** An end of a link: reached while anything there answers, down when all of it is. What is cut off says nothing. */
export function endCondition(devices: readonly Condition[]): Condition {
  const counting = seen(devices);
  if (counting.length === 0) return firstExcluded(devices);
  const telling = counting.filter((condition) => condition !== 'cut-off');
  for (const condition of ['up', 'degraded', 'unknown', 'down'] as const) {
    if (telling.includes(condition)) return condition;
  }
  return 'cut-off';
}

/**
 * A link is as the device that measures it, and down while nothing answers at one of its ends. Where no device measures
 * it, its first end does.
 */
export function linkCondition([measured = 'unknown', ...ends]: readonly Condition[]): Condition {
  return !isExcluded(measured) && ends.includes('down') ? 'down' : measured;
}

/** Seconds of a period by what they count as; `unknown` holds those that were cut off, too. */
export type Tally = {
  readonly up: number;
  readonly degraded: number;
  readonly down: number;
  readonly unknown: number;
  /** Part of `unknown`: everything before the thing was down. */
  readonly cutOff: number;
  readonly excluded: number;
  readonly excludedBy: Readonly<Record<ExclusionReason, number>>;
};

export const NO_TIME: Tally = {
  up: 0,
  degraded: 0,
  down: 0,
  unknown: 0,
  cutOff: 0,
  excluded: 0,
  excludedBy: { planned: 0, 'force-majeure': 0, power: 0, other: 0 },
};

/** Whole seconds of each kind; together they are the period. */
export function tallyOf(line: ConditionLine): Tally {
  const seconds = Object.fromEntries(CONDITIONS.map((condition) => [condition, 0])) as Record<Condition, number>;
  for (const { from, to, value } of line) seconds[value] += (to - from) / SECOND;
  const { planned, power, other, 'force-majeure': forceMajeure, 'cut-off': cutOff } = seconds;
  return {
    up: seconds.up,
    degraded: seconds.degraded,
    down: seconds.down,
    unknown: seconds.unknown + cutOff,
    cutOff,
    excluded: planned + forceMajeure + power + other,
    excludedBy: { planned, 'force-majeure': forceMajeure, power, other },
  };
}

/** Both together, as of several sites of a region. */
export function addTallies(a: Tally, b: Tally): Tally {
  const { excludedBy: ofA } = a;
  const { excludedBy: ofB } = b;
  return {
    up: a.up + b.up,
    degraded: a.degraded + b.degraded,
    down: a.down + b.down,
    unknown: a.unknown + b.unknown,
    cutOff: a.cutOff + b.cutOff,
    excluded: a.excluded + b.excluded,
    excludedBy: {
      planned: ofA.planned + ofB.planned,
      'force-majeure': ofA['force-majeure'] + ofB['force-majeure'],
      power: ofA.power + ofB.power,
      other: ofA.other + ofB.other,
    },
  };
}

/** Percentages of availability are whole numbers of these: 100 % are 1,000,000. */
export const PERCENT_PARTS = 10_000;

/**
 * Share of the counted time in which it worked, in ten-thousandths of a percent, rounded down: what is below a limit
 * never shows as met. Null where nothing counts.
 */
export function availabilityParts({ up, degraded, down }: Tally): number | null {
  const good = BigInt(up + degraded);
  const counted = good + BigInt(down);
  return counted === 0n ? null : Number((good * BigInt(100 * PERCENT_PARTS)) / counted);
}

/** The same as a percentage with at most four decimals. */
export function availabilityPercent(tally: Tally): number | null {
  const parts = availabilityParts(tally);
  return parts === null ? null : parts / PERCENT_PARTS;
}
