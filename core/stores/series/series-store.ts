import type { Metric, Sample } from '../../domain/sample.ts';
import type { SampleColumns } from './sample-columns.ts';
import type { SeriesNames } from './series-names.ts';

/** How finely samples are kept: as they came, or rolled up over a minute, an hour, a day. */
export const RESOLUTIONS = ['raw', '1m', '1h', '1d'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** Days each resolution is kept; `null` for good. */
export type Retention = Readonly<Record<Resolution, number | null>>;
export const DEFAULT_RETENTION: Retention = { raw: 14, '1m': 90, '1h': 730, '1d': null };

/** One series: a metric of a device, and the row of its table (`instance`, empty for a scalar). */
export type SeriesKey = { readonly deviceId: string; readonly metric: Metric; readonly instance: string };

export type SeriesQuery = {
  readonly deviceIds: readonly string[];
  readonly metrics: readonly Metric[];
  /** Only these instances; all when absent. */
  readonly instances?: readonly string[];
  /** UTC ms, inclusive. */
  readonly from: number;
  /** UTC ms, exclusive. */
  readonly to: number;
  /** Width of a bucket in ms. Absent: the samples as they came. */
  readonly stepMs?: number;
  /**
   * What a bucket holds. `rate` is the growth of a counter per second: over a restart (a fall) it counts nothing,
   * neither growth nor time. For gauges: `mean`, `min`, `max`, `sum`, `last`, `count`. Default `mean`.
   */
  readonly aggregate?: Aggregate;
};
export type Aggregate = 'mean' | 'min' | 'max' | 'sum' | 'last' | 'count' | 'rate';

/**
 * Points in order of time. With a step, `at` is the bucket's start (a multiple of the step since the epoch), and every
 * bucket of the range is there: one without samples has `value: null`, so that a gap is drawn as a gap.
 */
export type Series = SeriesKey & { readonly points: readonly SeriesPoint[] };
export type SeriesPoint = { readonly at: number; readonly value: number | null };

/** One figure per group over a range, e.g. mean reachability of each regency. */
export type GroupQuery = {
  readonly metric: Metric;
  readonly from: number;
  readonly to: number;
  readonly aggregate: Exclude<Aggregate, 'rate' | 'last'>;
  /** Absent: one figure for the whole range. */
  readonly stepMs?: number;
  /** Which devices belong to which group. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
};
export type GroupSeries = { readonly group: string; readonly points: readonly SeriesPoint[] };

export type LatestQuery = {
  readonly deviceIds: readonly string[];
  /** Absent: every metric. */
  readonly metrics?: readonly Metric[];
  /** Ignore samples older than this (UTC ms). */
  readonly since: number;
};

/** A rolled-up bucket as it is stored, for laying down history and for backups. `at` is the bucket's start. */
export type RollUp = SeriesKey & {
  readonly at: number;
  readonly kind: Sample['kind'];
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly last: number;
  /** Counters: growth over those pairs of neighbours whose later one lies in the bucket, and the time they span. */
  readonly increase: number;
  readonly spanMs: number;
};

export type SeriesStatus = {
  readonly engine: string;
  readonly ok: boolean;
  /** Why not, in one sentence without secrets. */
  readonly reason: string | null;
  /** Samples that were stored since the start. */
  readonly stored: number;
};

/**
 * Where samples live. Same device, metric, instance and moment: the last one written wins. Samples may come late and
 * in any order; those older than what retention has deleted, and those that are no numbers, are left out and logged.
 * When `append` resolves, the samples survive the process being killed.
 * Queries choose the finest resolution that still holds the range and is no finer than needed for the step.
 * Fails with AppError `store-unavailable` when the store is away or its disk is full.
 */
export interface SeriesStore {
  append(samples: readonly Sample[]): Promise<void>;
  /** Numbers of series for `appendColumns`. */
  readonly names: SeriesNames;
  /** As `append`, for who has thousands at a time. The columns must stay as they are until it resolves. */
  appendColumns(columns: SampleColumns): Promise<void>;
  /** Lays down rolled-up buckets directly (history, restore). Existing buckets of the same key and time are replaced. */
  appendRollUps(resolution: Exclude<Resolution, 'raw'>, rollUps: readonly RollUp[]): Promise<void>;
  query(query: SeriesQuery): Promise<readonly Series[]>;
  group(query: GroupQuery): Promise<readonly GroupSeries[]>;
  /** The newest sample of each series. */
  latest(query: LatestQuery): Promise<readonly Sample[]>;
  /** Rolls up every bucket that has ended by `now` and is new or was touched by a late sample. Idempotent. */
  rollUp(now: number): Promise<void>;
  /** Deletes what is older than its resolution's retention, never before it is rolled up. */
  expire(now: number): Promise<void>;
  status(): Promise<SeriesStatus>;
  close(): Promise<void>;
}
