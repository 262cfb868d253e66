import type { Interval } from './intervals.ts';

/** What held from when to when. */
export type Stretch<Value> = Interval & { readonly value: Value };

/** A period told without a gap: each stretch begins where the one before ended, and differs from it. */
export type Timeline<Value> = readonly Stretch<Value>[];

/** Lays stretches in order over a period; `otherwise` holds where there is none. They must not overlap. */
export function timelineOf<Value>(
  stretches: readonly Stretch<Value>[],
  period: Interval,
  otherwise: Value,
): Timeline<Value> {
  const whole: Stretch<Value>[] = [];
  let at = period.from;
  for (const { from, to, value } of stretches) {
    const start = Math.max(from, at);
    const end = Math.min(to, period.to);
    if (end <= start) continue;
    push(whole, at, start, otherwise);
    push(whole, start, end, value);
    at = end;
  }
  push(whole, at, period.to, otherwise);
  return whole;
}

/** What several timelines of one period say together: `rule` is given the value of each, in their order. */
export function combined<Value, Result>(
  timelines: readonly Timeline<Value>[],
  rule: (values: readonly Value[]) => Result,
): Timeline<Result> {
  const whole: Stretch<Result>[] = [];
  const places = timelines.map(() => 0);
  const period = periodOf(timelines);
  let at = period.from;
  while (at < period.to) {
    let end = period.to;
    const values: Value[] = [];
    for (const [index, timeline] of timelines.entries()) {
      const stretch = timeline[places[index] ?? 0];
      if (stretch === undefined) throw new RangeError('timelines of different periods');
      values.push(stretch.value);
      end = Math.min(end, stretch.to);
    }
    push(whole, at, end, rule(values));
    for (const [index, timeline] of timelines.entries()) {
      const place = places[index] ?? 0;
      if ((timeline[place]?.to ?? 0) <= end) places[index] = place + 1;
    }
    at = end;
  }
  return whole;
}

function periodOf(timelines: readonly Timeline<unknown>[]): Interval {
  const first = timelines[0];
  const [start, end] = [first?.[0], first?.at(-1)];
  return start === undefined || end === undefined ? { from: 0, to: 0 } : { from: start.from, to: end.to };
}

function push<Value>(whole: Stretch<Value>[], from: number, to: number, value: Value): void {
  if (to <= from) return;
  const last = whole.at(-1);
  if (last !== undefined && last.value === value && last.to === from) whole[whole.length - 1] = { ...last, to };
  else whole.push({ from, to, value });
}
