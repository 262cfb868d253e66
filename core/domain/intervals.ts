/** A half-open stretch of time `[from, to)`, UTC ms. */
export type Interval = { readonly from: number; readonly to: number };

/** In order, none empty, none touching the next. */
export type Intervals = readonly Interval[];

/** Any intervals, put in order and joined where they touch; empty ones are left out. */
export function joined(intervals: readonly Interval[]): Intervals {
  const done: { from: number; to: number }[] = [];
  for (const { from, to } of intervals.filter((one) => one.to > one.from).sort((a, b) => a.from - b.from)) {
    const last = done.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else done.push({ from, to });
  }
  return done;
}

export const union = (a: Intervals, b: Intervals): Intervals => joined([...a, ...b]);

export function intersection(a: Intervals, b: Intervals): Intervals {
  const shared: Interval[] = [];
  let [atA, atB] = [0, 0];
  for (;;) {
    const [left, right] = [a[atA], b[atB]];
    if (left === undefined || right === undefined) return shared;
    const from = Math.max(left.from, right.from);
    const to = Math.min(left.to, right.to);
    if (from < to) shared.push({ from, to });
    if (left.to < right.to) atA++;
    else atB++;
  }
}

/** What lies in `a` and not in `b`. */
export function difference(a: Intervals, b: Intervals): Intervals {
  const left: Interval[] = [];
  let first = 0;
  for (const { from, to } of a) {
    while (first < b.length && (b[first]?.to ?? 0) <= from) first++;
    let at = from;
    for (let index = first; index < b.length; index++) {
      const cut = b[index];
      if (cut === undefined || cut.from >= to) break;
      if (cut.from > at) left.push({ from: at, to: cut.from });
      at = Math.max(at, cut.to);
    }
    if (at < to) left.push({ from: at, to });
  }
  return left;
}

/** Time covered, ms. */
export const lengthMs = (intervals: Intervals): number => intervals.reduce((sum, { from, to }) => sum + (to - from), 0);
