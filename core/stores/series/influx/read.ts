import type { Metric, Sample } from '../../../domain/sample.ts';
import type { Partial } from '../answer.ts';
import {
  alignDown,
  type Holdings,
  planSegments,
  type RolledResolution,
  type Segment,
  WIDTH_MS,
} from '../resolution.ts';
import type { Resolution, SeriesKey } from '../series-store.ts';
import type { InfluxClient, ResultSeries } from './client.ts';
import { decodeName, identifier, literal, metricOf, type Place, placeOf } from './names.ts';
import { BY_SERIES, type Part, partSelectors, source } from './schema.ts';

/** More devices or instances than this are not named in a query but picked from its answer. */
const MAX_NAMED = 200;

export type Selection = {
  readonly deviceIds: readonly string[];
  readonly metrics: readonly Metric[];
  readonly instances?: readonly string[];
};

export type Bucket = { readonly partial: Partial; widthMs: number };
export type Found = { readonly key: SeriesKey; readonly buckets: Map<number, Bucket> };
export type Neighbour = { readonly at: number; readonly value: number };

export const keyText = ({ deviceId, metric, instance }: SeriesKey): string => [deviceId, metric, instance].join('\0');

const keyFrom = (series: ResultSeries, metric: Metric): SeriesKey => ({
  deviceId: decodeName(series.tags['deviceId'] ?? ''),
  metric,
  instance: decodeName(series.tags['instance'] ?? ''),
});

export const kindFrom = (series: ResultSeries): Sample['kind'] =>
  series.tags['kind'] === 'counter' ? 'counter' : 'gauge';

function anyOf(tag: string, values: readonly string[] | undefined): string {
  if (values === undefined || values.length > MAX_NAMED) return '';
  if (values.length === 0) return ' AND false';
  return ` AND (${values.map((value) => `${identifier(tag)} = ${literal(value)}`).join(' OR ')})`;
}

/** The condition of a range and a selection. */
export const within = (from: number, to: number, { deviceIds, instances }: Omit<Selection, 'metrics'>): string =>
  `time >= ${from}ms AND time < ${to}ms${anyOf('deviceId', deviceIds)}${anyOf('instance', instances)}`;

export function addTo(partial: Partial, more: Partial): void {
  partial.count += more.count;
  partial.min = Math.min(partial.min, more.min);
  partial.max = Math.max(partial.max, more.max);
  partial.sum += more.sum;
  partial.last = more.last;
  partial.increase += more.increase;
  partial.spanMs += more.spanMs;
}

/** Growth of a counter over two neighbours; a fall is a restart and counts as neither growth nor time. */
export function samplePartial(value: number, at: number, before: Neighbour | null): Partial {
  const grew = before !== null && value >= before.value;
  return {
    count: 1,
    min: value,
    max: value,
    sum: value,
    last: value,
    increase: grew ? value - before.value : 0,
    spanMs: grew ? at - before.at : 0,
  };
}

/** A row of `partSelectors`; `null` where the bucket is empty. */
export function partialFrom(columns: readonly string[], row: readonly (number | string | null)[]): Partial | null {
  const part = (name: Part, otherwise: number): number => {
    const value = row[columns.indexOf(name)];
    return typeof value === 'number' ? value : otherwise;
  };
  const buckets = part('buckets', 0);
  if (buckets === 0) return null;
  return {
    count: buckets + part('more', 0),
    min: Math.min(part('minOfLast', Infinity), part('min', Infinity)),
    max: Math.max(part('maxOfLast', -Infinity), part('max', -Infinity)),
    sum: part('sumOfLast', 0) + part('rest', 0),
    last: part('last', 0),
    increase: part('increase', 0),
    spanMs: part('spanMs', 0),
  };
}

/** The newest sample before a moment of each series, by `keyText`. */
export async function samplesBefore(
  client: InfluxClient,
  at: number,
  selection: Selection,
): Promise<Map<string, Neighbour>> {
  const places = selection.metrics.map(placeOf);
  const answers = await client.query(
    places.map(
      ({ measurement, field }) =>
        `SELECT last(${identifier(field)}) AS "v" FROM ${source('raw', measurement)} ` +
        `WHERE ${within(0, at, selection)} GROUP BY ${BY_SERIES}`,
    ),
  );
  const found = new Map<string, Neighbour>();
  answers.forEach((list, index) => {
    for (const series of list) {
      const key = keyText(keyFrom(series, selection.metrics[index] ?? ''));
      const [time, value] = series.values[0] ?? [];
      if (typeof time !== 'number' || typeof value !== 'number') continue;
      if (time >= (found.get(key)?.at ?? -Infinity)) found.set(key, { at: time, value });
    }
  });
  return found;
}

type Range = {
  readonly from: number;
  readonly to: number;
  readonly wanted: Resolution;
  /** Start of the bucket that a moment belongs to. */
  readonly bucketOf: (at: number) => number;
  /** Width that the server may put buckets together to; absent: all of a segment in one. */
  readonly stepMs: number | 'whole' | undefined;
  /** Whether the growth of counters is asked for: it takes another question per raw segment. */
  readonly withGrowth: boolean;
};

/** Everything of a selection and range, put together in buckets. */
export async function readBuckets(
  client: InfluxClient,
  holdings: Holdings,
  selection: Selection,
  range: Range,
): Promise<Map<string, Found>> {
  const devices = new Set(selection.deviceIds);
  const instances = selection.instances && new Set(selection.instances);
  const found = new Map<string, Found>();

  function bucketsOf(series: ResultSeries, metric: Metric): Found | null {
    const key = keyFrom(series, metric);
    if (!devices.has(key.deviceId) || (instances !== undefined && !instances.has(key.instance))) return null;
    const text = keyText(key);
    const known = found.get(text) ?? { key, buckets: new Map() };
    found.set(text, known);
    return known;
  }

  function add({ buckets }: Found, at: number, partial: Partial, widthMs: number): void {
    const bucket = buckets.get(range.bucketOf(at));
    if (bucket === undefined) buckets.set(range.bucketOf(at), { partial, widthMs });
    else {
      addTo(bucket.partial, partial);
      bucket.widthMs = Math.max(bucket.widthMs, widthMs);
    }
  }

  async function addRaw(segment: Segment): Promise<void> {
    const places = selection.metrics.map(placeOf);
    const [before, answers] = await Promise.all([
      range.withGrowth ? samplesBefore(client, segment.from, selection) : new Map<string, Neighbour>(),
      client.query(
        places.map(
          ({ measurement, field }) =>
            `SELECT ${identifier(field)} FROM ${source('raw', measurement)} ` +
            `WHERE ${within(segment.from, segment.to, selection)} GROUP BY ${BY_SERIES}`,
        ),
      ),
    ]);
    answers.forEach((list, index) => {
      for (const series of list) {
        const known = bucketsOf(series, selection.metrics[index] ?? '');
        if (known === null) continue;
        let neighbour = before.get(keyText(known.key)) ?? null;
        const isCounter = kindFrom(series) === 'counter';
        for (const [at, value] of series.values) {
          if (typeof at !== 'number' || typeof value !== 'number') continue;
          add(known, at, samplePartial(value, at, isCounter ? neighbour : null), WIDTH_MS.raw);
          neighbour = { at, value };
        }
      }
    });
  }

  async function addRolled(segment: Segment & { readonly resolution: RolledResolution }): Promise<void> {
    const { resolution, from, to } = segment;
    const width = WIDTH_MS[resolution];
    const by = range.stepMs === 'whole' ? '' : `time(${Math.max(range.stepMs ?? width, width)}ms), `;
    const answers = await client.query(
      selection.metrics.map((metric) => {
        const { measurement, field } = placeOf(metric);
        return (
          `SELECT ${partSelectors(field)} FROM ${source(resolution, measurement)} ` +
          `WHERE ${within(from, to, selection)} GROUP BY ${by}${BY_SERIES} fill(none)`
        );
      }),
    );
    answers.forEach((list, index) => {
      for (const series of list) {
        const known = bucketsOf(series, selection.metrics[index] ?? '');
        if (known === null) continue;
        for (const row of series.values) {
          const partial = partialFrom(series.columns, row);
          if (partial !== null && typeof row[0] === 'number') add(known, row[0], partial, width);
        }
      }
    });
  }

  for (const segment of planSegments(range.from, range.to, range.wanted, holdings)) {
    const { resolution } = segment;
    if (resolution === 'raw') await addRaw(segment);
    else await addRolled({ ...segment, resolution });
  }
  return found;
}

export const bucketOfStep =
  (stepMs: number | undefined) =>
  (at: number): number =>
    stepMs === undefined ? at : alignDown(at, stepMs);

const isOurs = (measurement: string): boolean => measurement.startsWith('simpul_');

/** Every metric that was ever stored. */
export async function allPlaces(client: InfluxClient): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const { name, values } of await client.queryOne('SHOW FIELD KEYS')) {
    for (const [field] of values) {
      if (typeof field !== 'string' || isOurs(name)) continue;
      // Metrics that were laid down rolled up have no field of their own.
      const place = { measurement: name, field: field.split(':')[0] ?? field };
      if (!places.some((each) => each.measurement === name && each.field === place.field)) places.push(place);
    }
  }
  return places;
}

export async function newestSamples(
  client: InfluxClient,
  {
    deviceIds,
    metrics,
    since,
  }: { deviceIds: readonly string[]; metrics: readonly Metric[] | undefined; since: number },
): Promise<readonly Sample[]> {
  const wanted = metrics ?? (await allPlaces(client)).map(metricOf);
  const devices = new Set(deviceIds);
  const answers = await client.query(
    wanted.map((metric) => {
      const { measurement, field } = placeOf(metric);
      return (
        `SELECT last(${identifier(field)}) AS "v" FROM ${source('raw', measurement)} ` +
        `WHERE time >= ${since}ms${anyOf('deviceId', deviceIds)} GROUP BY ${BY_SERIES}`
      );
    }),
  );
  const newest = new Map<string, Sample>();
  answers.forEach((list, index) => {
    for (const series of list) {
      const key = keyFrom(series, wanted[index] ?? '');
      const [at, value] = series.values[0] ?? [];
      if (!devices.has(key.deviceId) || typeof at !== 'number' || typeof value !== 'number') continue;
      if (at < (newest.get(keyText(key))?.at ?? -Infinity)) continue;
      newest.set(keyText(key), { ...key, kind: kindFrom(series), at, value });
    }
  });
  return [...newest.values()];
}
