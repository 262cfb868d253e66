import { DAY, HOUR, MINUTE } from '../../domain/clock.ts';
import { RESOLUTIONS, type Resolution } from './series-store.ts';

export type RolledResolution = Exclude<Resolution, 'raw'>;
export const ROLLED: readonly RolledResolution[] = ['1m', '1h', '1d'];

/** Width of a resolution's buckets in ms; a raw sample is a bucket of its own. */
export const WIDTH_MS: Readonly<Record<Resolution, number>> = { raw: 1, '1m': MINUTE, '1h': HOUR, '1d': DAY };

export const finer = (resolution: RolledResolution): Resolution =>
  RESOLUTIONS[RESOLUTIONS.indexOf(resolution) - 1] ?? 'raw';
export const coarser = (resolution: Resolution): RolledResolution | null =>
  ROLLED[RESOLUTIONS.indexOf(resolution)] ?? null;

export const alignDown = (at: number, widthMs: number): number =>
  Number.isFinite(at) ? Math.floor(at / widthMs) * widthMs : at;
export const alignUp = (at: number, widthMs: number): number =>
  Number.isFinite(at) ? Math.ceil(at / widthMs) * widthMs : at;

/** The coarsest resolution whose buckets fill a bucket of `stepMs` exactly. */
export function resolutionFor(stepMs: number | undefined): Resolution {
  if (stepMs === undefined) return 'raw';
  return ROLLED.findLast((resolution) => stepMs % WIDTH_MS[resolution] === 0) ?? 'raw';
}

/** What a store holds of each resolution. */
export type Holdings = {
  /** Earliest moment held; Infinity where there is nothing. */
  readonly since: Readonly<Record<Resolution, number>>;
  /** End of what is rolled up; -Infinity where nothing was ever. */
  readonly rolledTo: Readonly<Record<RolledResolution, number>>;
};

/** A piece of a range and the resolution that answers it. Rolled-up buckets count where their start lies in it. */
export type Segment = { readonly resolution: Resolution; readonly from: number; readonly to: number };

/**
 * Cuts a range into pieces that do not overlap, each answered by the wanted resolution where it can be: its edges and
 * what is not rolled up yet come from finer ones, what the wanted resolution no longer holds from coarser ones.
 */
export function planSegments(from: number, to: number, wanted: Resolution, holdings: Holdings): readonly Segment[] {
  const segments: Segment[] = [];
  const heldSince = (resolution: Resolution): number =>
    Math.min(...RESOLUTIONS.slice(0, RESOLUTIONS.indexOf(resolution) + 1).map((each) => holdings.since[each]));

  function push(resolution: Resolution, start: number, end: number): void {
    if (start < end) segments.push({ resolution, from: start, to: end });
  }

  function coverFiner(start: number, end: number, resolution: Resolution): void {
    if (start >= end) return;
    if (resolution === 'raw') {
      push('raw', start, end);
      return;
    }
    const width = WIDTH_MS[resolution];
    const below = finer(resolution);
    const rolledTo = holdings.rolledTo[resolution];
    const belowSince = alignDown(heldSince(below), width);
    const first = Math.min(alignUp(start, width), end);
    const last = alignDown(end, width);

    if (start < first && alignDown(start, width) >= Math.min(belowSince, rolledTo)) coverFiner(start, first, below);
    const rolled = Math.max(first, Math.min(last, rolledTo));
    push(resolution, first, rolled);
    // The bucket at the right edge is only partly asked for; where nothing finer is left, its start decides.
    if (rolled === last && rolledTo > last && last < belowSince) push(resolution, rolled, end);
    else coverFiner(rolled, end, below);
  }

  function cover(start: number, end: number, resolution: Resolution): void {
    if (start >= end) return;
    const above = coarser(resolution);
    if (above === null || start >= heldSince(resolution)) {
      coverFiner(start, end, resolution);
      return;
    }
    const split = Math.min(end, Math.max(start, alignDown(heldSince(resolution), WIDTH_MS[above])));
    cover(start, split, above);
    coverFiner(split, end, resolution);
  }

  // What has been deleted is not shown, even where its room has not been given back yet.
  cover(Math.max(from, heldSince('1d')), to, wanted);
  return segments;
}
