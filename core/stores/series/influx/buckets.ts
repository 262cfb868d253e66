import { MINUTE } from '../../../domain/clock.ts';
import { alignDown, finer, type RolledResolution, WIDTH_MS } from '../resolution.ts';
import type { Resolution, RollUp, SeriesKey } from '../series-store.ts';
import type { InfluxClient, Point, ResultSeries } from './client.ts';
import type { Ledger } from './ledger.ts';
import { decodeName, identifier, literal, metricOf, type Place } from './names.ts';
import {
  addTo,
  allPlaces,
  keyText,
  kindFrom,
  type Neighbour,
  partialFrom,
  samplePartial,
  samplesBefore,
  within,
} from './read.ts';
import { BY_SERIES, bucketPoint, partSelectors, policyOf, source } from './schema.ts';

/** Reads samples and buckets for rolling up, and writes buckets. Without a device it is about all of them. */
export class Buckets {
  readonly #client: InfluxClient;
  readonly #ledger: Ledger;

  constructor(client: InfluxClient, ledger: Ledger) {
    this.#client = client;
    this.#ledger = ledger;
  }

  async write(resolution: RolledResolution, buckets: readonly RollUp[]): Promise<void> {
    if (buckets.length === 0) return;
    // Fields of the same place and moment share a point.
    const points = new Map<string, Point>();
    let since = Infinity;
    for (const bucket of buckets) {
      const point = bucketPoint(bucket);
      const key = `${point.measurement}\0${keyText({ ...bucket, metric: bucket.kind })}\0${bucket.at}`;
      points.set(key, { ...point, fields: { ...points.get(key)?.fields, ...point.fields } });
      since = Math.min(since, bucket.at);
    }
    await this.#client.write([...points.values()], policyOf(resolution));
    await this.#ledger.noteHeld(resolution, since);
  }

  /** Every sample of a span, of one device or of all. */
  async samples(from: number, to: number, deviceId?: string): Promise<readonly ResultSeries[]> {
    const device = deviceId === undefined ? '' : ` AND "deviceId" = ${literal(deviceId)}`;
    return await this.#client.queryOne(
      `SELECT * FROM ${identifier(policyOf('raw'))}./.*/ WHERE time >= ${from}ms AND time < ${to}ms${device} GROUP BY ${BY_SERIES}`,
    );
  }

  /** Moment of the first bucket or sample at or after `from`; Infinity where there is none. */
  async nextAt(resolution: Resolution, from: number): Promise<number> {
    const firsts = await this.#client.queryOne(
      `SELECT * FROM ${identifier(policyOf(resolution))}./.*/ WHERE time >= ${from}ms ORDER BY time ASC LIMIT 1`,
    );
    return Math.min(Infinity, ...firsts.map(({ values }) => Number(values[0]?.[0] ?? Infinity)));
  }

  /** @param tips newest counter samples before `from` as far as known; is brought up to the end of the samples */
  async toMinutes(
    answer: readonly ResultSeries[],
    from: number,
    tips: Map<string, Neighbour>,
  ): Promise<readonly RollUp[]> {
    const found = readSeries(answer);
    await this.#addTips(found, from, tips);
    const minutes: RollUp[] = [];
    for (const { key, kind, samples } of found) {
      const text = kind === 'counter' ? keyText(key) : '';
      let before = kind === 'counter' ? (tips.get(text) ?? null) : null;
      const first = minutes.length;
      for (const sample of samples) {
        const { at, value } = sample;
        const partial = samplePartial(value, at, before);
        if (kind === 'counter') before = sample;
        const start = alignDown(at, MINUTE);
        const minute = minutes.length > first ? minutes.at(-1) : undefined;
        if (minute?.at === start) addTo(minute, partial);
        else minutes.push({ ...key, kind, at: start, ...partial });
      }
      if (before !== null) tips.set(text, before);
    }
    return minutes;
  }

  async #addTips(series: readonly SampleSeries[], from: number, tips: Map<string, Neighbour>): Promise<void> {
    const devices = new Set<string>();
    const metrics = new Set<string>();
    for (const { key, kind } of series) {
      if (kind !== 'counter' || tips.has(keyText(key))) continue;
      devices.add(key.deviceId);
      metrics.add(key.metric);
    }
    const selection = { deviceIds: [...devices], metrics: [...metrics] };
    for (const [key, sample] of await samplesBefore(this.#client, from, selection)) {
      if (!tips.has(key)) tips.set(key, sample);
    }
  }

  /** Buckets of a resolution from those of the next finer one, of one device or of all. */
  async regroup(resolution: RolledResolution, from: number, to: number, deviceId?: string): Promise<readonly RollUp[]> {
    const places = await allPlaces(this.#client);
    return await this.read(finer(resolution), places, from, to, WIDTH_MS[resolution], deviceId);
  }

  async read(
    resolution: Resolution,
    places: readonly Place[],
    from: number,
    to: number,
    widthMs: number,
    deviceId?: string,
  ): Promise<readonly RollUp[]> {
    const range =
      deviceId === undefined ? `time >= ${from}ms AND time < ${to}ms` : within(from, to, { deviceIds: [deviceId] });
    const answers = await this.#client.query(
      places.map(
        ({ measurement, field }) =>
          `SELECT ${partSelectors(field)} FROM ${source(resolution, measurement)} ` +
          `WHERE ${range} GROUP BY time(${widthMs}ms), ${BY_SERIES} fill(none)`,
      ),
    );
    const buckets: RollUp[] = [];
    answers.forEach((list, index) => {
      const place = places[index];
      if (place === undefined) return;
      for (const series of list) {
        const key = {
          deviceId: decodeName(series.tags['deviceId'] ?? ''),
          metric: metricOf(place),
          instance: decodeName(series.tags['instance'] ?? ''),
        };
        for (const row of series.values) {
          const partial = partialFrom(series.columns, row);
          if (partial === null || typeof row[0] !== 'number') continue;
          buckets.push({ ...key, kind: kindFrom(series), at: row[0], ...partial });
        }
      }
    });
    return buckets;
  }
}

type SampleSeries = {
  readonly key: SeriesKey;
  readonly kind: RollUp['kind'];
  readonly samples: readonly Neighbour[];
};

/** Every field of an answer to `SELECT *` as a series of its own, its samples in order of time. */
export function readSeries(answer: readonly ResultSeries[]): readonly SampleSeries[] {
  const found: SampleSeries[] = [];
  for (const series of answer) {
    const deviceId = decodeName(series.tags['deviceId'] ?? '');
    const instance = decodeName(series.tags['instance'] ?? '');
    const kind = kindFrom(series);
    for (let column = 1; column < series.columns.length; column += 1) {
      const samples: Neighbour[] = [];
      for (const row of series.values) {
        const [at, value] = [row[0], row[column]];
        if (typeof at === 'number' && typeof value === 'number') samples.push({ at, value });
      }
      if (samples.length === 0) continue;
      const metric = metricOf({ measurement: series.name, field: series.columns[column] ?? '' });
      found.push({ key: { deviceId, metric, instance }, kind, samples });
    }
  }
  return found;
}
