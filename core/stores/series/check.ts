import { AppError } from '../../domain/errors.ts';
import { ROLLED } from './resolution.ts';
import type { GroupQuery, Resolution, Retention, RollUp, SeriesQuery } from './series-store.ts';

/** Buckets a query may ask for per series. */
export const MAX_BUCKETS = 20_000;
/** Points one answer may hold over all its series. */
export const MAX_POINTS = 2_000_000;

const bad = (message: string): never => {
  throw new AppError('bad-input', message);
};

export const tooManyPoints = (): AppError =>
  new AppError('too-large', `the answer would hold more than ${MAX_POINTS} points: ask for less or a longer step`);

/** @throws AppError `bad-input` */
export function checkRange({ from, to, stepMs }: Pick<SeriesQuery | GroupQuery, 'from' | 'to' | 'stepMs'>): void {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0) bad('from and to take UTC milliseconds');
  if (from >= to) bad('from must lie before to');
  if (stepMs === undefined) return;
  if (!Number.isSafeInteger(stepMs) || stepMs < 1) bad('the step takes whole milliseconds, at least 1');
  if ((to - from) / stepMs > MAX_BUCKETS) bad(`the range holds more than ${MAX_BUCKETS} steps`);
}

/** A sample that cannot be kept: no number, or a moment that is none. */
export const isStorable = (at: number, value: number): boolean =>
  at >= 0 && Number.isSafeInteger(at) && Number.isFinite(value);

/** @throws AppError `bad-input` where a bucket does not start on its resolution's grid or holds no numbers */
export function checkRollUps(widthMs: number, rollUps: readonly RollUp[]): void {
  for (const { at, count, min, max, sum, last, increase, spanMs } of rollUps) {
    if (!Number.isSafeInteger(at) || at < 0 || at % widthMs !== 0) bad(`a bucket starts at ${at}, off its grid`);
    if (!Number.isSafeInteger(count) || count < 1) bad('the count of a bucket takes a whole number, at least 1');
    if (![min, max, sum, last, increase, spanMs].every(Number.isFinite)) bad('a bucket holds something not a number');
  }
}

/** @throws AppError `config` where a resolution would be gone before the next finer one */
export function checkRetention(retention: Retention): void {
  let finerName: Resolution = 'raw';
  for (const resolution of ROLLED) {
    const days = retention[resolution] ?? Number.POSITIVE_INFINITY;
    if (days < (retention[finerName] ?? Number.POSITIVE_INFINITY)) {
      throw new AppError('config', `retention: ${resolution} must be kept at least as long as ${finerName}`);
    }
    finerName = resolution;
  }
}
