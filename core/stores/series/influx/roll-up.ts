import { DAY, HOUR, MINUTE } from '../../../domain/clock.ts';
import type { Log } from '../../../log/log.ts';
import { alignDown, coarser, finer, ROLLED, type RolledResolution, WIDTH_MS } from '../resolution.ts';
import type { Resolution, RollUp, SeriesKey } from '../series-store.ts';
import type { InfluxClient, Point, ResultSeries } from './client.ts';
import type { Ledger } from './ledger.ts';
import { decodeName, identifier, literal, metricOf, type Place, placeOf } from './names.ts';
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
import { bucketPoint, partSelectors, policyOf, source } from './schema.ts';
import type { Touched } from './touched.ts';

/** Buckets that one round makes, about; the span it reads grows and shrinks towards it. */
const BUCKETS_PER_ROUND = 50_000;
const MIN_CHUNK_MS = 5 * MINUTE;
const MAX_CHUNK_MS = 32 * DAY;
const BY_SERIES = '"deviceId", "instance", "kind"';

type Parts = { readonly client: InfluxClient; readonly ledger: Ledger; readonly touched: Touched; readonly log: Log };

/** Rolls samples up. Nothing runs in the server: the same works on every engine that speaks the API. */
export class InfluxRollUp {
  readonly #parts: Parts;
  /** Newest sample of each counter before `#tipsAt`, so that they need not be asked for each minute. */
  readonly #tips = new Map<string, Neighbour>();
  #tipsAt = Number.NaN;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async run(now: number): Promise<void> {
    await this.#mend();
    for (const resolution of ROLLED) await this.#rollTo(resolution, alignDown(now, WIDTH_MS[resolution]));
  }

  /** Rolls up what stands before `end` in finer resolutions, so that `resolution` may count as rolled up to there. */
  async runBefore(resolution: RolledResolution, end: number): Promise<void> {
    for (const each of ROLLED) {
      await this.#rollTo(each, alignDown(end, WIDTH_MS[each]));
      if (each === resolution) return;
    }
  }

  async #rollTo(resolution: RolledResolution, end: number): Promise<void> {
    const { ledger, touched } = this.#parts;
    const width = WIDTH_MS[resolution];
    const rolledTo = ledger.rolledTo[resolution];
    let from = rolledTo > -Infinity ? rolledTo : alignDown(ledger.since[finer(resolution)], width);
    if (from >= end) return;
    // What is stored from now on may come too late for this round.
    if (resolution === '1m') touched.before(end);
    let chunkMs = Math.max(MIN_CHUNK_MS, width);
    while (from < end) {
      const to = Math.min(end, alignDown(from + chunkMs, width));
      const buckets = resolution === '1m' ? await this.#rollRaw(from, to) : await this.#regroup(resolution, from, to);
      await this.write(resolution, buckets);
      const next = buckets.length > 0 ? to : Math.min(end, alignDown(await this.#nextAt(finer(resolution), to), width));
      await ledger.setRolledTo(resolution, next);
      from = next;
      if (buckets.length < BUCKETS_PER_ROUND / 2) chunkMs = Math.min(chunkMs * 2, MAX_CHUNK_MS);
      if (buckets.length > BUCKETS_PER_ROUND) chunkMs = Math.max(chunkMs / 2, MIN_CHUNK_MS, width);
    }
  }

  /** Moment of the first bucket or sample at or after `from`; Infinity where there is none. */
  async #nextAt(resolution: Resolution, from: number): Promise<number> {
    const firsts = await this.#parts.client.queryOne(
      `SELECT * FROM ${identifier(policyOf(resolution))}./.*/ WHERE time >= ${from}ms ORDER BY time ASC LIMIT 1`,
    );
    return Math.min(Infinity, ...firsts.map(({ values }) => Number(values[0]?.[0] ?? Infinity)));
  }

  async write(resolution: RolledResolution, buckets: readonly RollUp[]): Promise<void> {
    const { client, ledger } = this.#parts;
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
    await client.write([...points.values()], policyOf(resolution));
    await ledger.noteHeld(resolution, since);
  }

  /** Every sample of a span, of one device or of all. */
  async #samples(from: number, to: number, deviceId?: string): Promise<readonly ResultSeries[]> {
    const device = deviceId === undefined ? '' : ` AND "deviceId" = ${literal(deviceId)}`;
    return await this.#parts.client.queryOne(
      `SELECT * FROM ${identifier(policyOf('raw'))}./.*/ WHERE time >= ${from}ms AND time < ${to}ms${device} GROUP BY ${BY_SERIES}`,
    );
  }

  async #rollRaw(from: number, to: number): Promise<readonly RollUp[]> {
    if (this.#tipsAt !== from) this.#tips.clear();
    const samples = await this.#samples(from, to);
    const buckets = await this.#toMinutes(samples, from, this.#tips);
    this.#tipsAt = to;
    return buckets;
  }

  /** @param tips newest counter samples before `from` as far as known; is brought up to the end of the samples */
  async #toMinutes(
    answer: readonly ResultSeries[],
    from: number,
    tips: Map<string, Neighbour>,
  ): Promise<readonly RollUp[]> {
    await this.#addTips(answer, from, tips);
    const buckets = new Map<string, RollUp>();
    for (const { key, kind, samples } of readSeries(answer)) {
      const text = keyText(key);
      for (const { at, value } of samples) {
        const partial = samplePartial(value, at, kind === 'counter' ? (tips.get(text) ?? null) : null);
        if (kind === 'counter') tips.set(text, { at, value });
        const start = alignDown(at, MINUTE);
        const standing = buckets.get(`${text}\0${start}`);
        if (standing === undefined) buckets.set(`${text}\0${start}`, { ...key, kind, at: start, ...partial });
        else addTo(standing, partial);
      }
    }
    return [...buckets.values()];
  }

  async #addTips(answer: readonly ResultSeries[], from: number, tips: Map<string, Neighbour>): Promise<void> {
    const devices = new Set<string>();
    const metrics = new Set<string>();
    for (const { key, kind } of readSeries(answer)) {
      if (kind !== 'counter' || tips.has(keyText(key))) continue;
      devices.add(key.deviceId);
      metrics.add(key.metric);
    }
    const selection = { deviceIds: [...devices], metrics: [...metrics] };
    for (const [key, sample] of await samplesBefore(this.#parts.client, from, selection)) {
      if (!tips.has(key)) tips.set(key, sample);
    }
  }

  /** Buckets of a resolution from those of the next finer one, of one device or of all. */
  async #regroup(
    resolution: RolledResolution,
    from: number,
    to: number,
    deviceId?: string,
  ): Promise<readonly RollUp[]> {
    const places = await allPlaces(this.#parts.client);
    return await this.#read(finer(resolution), places, from, to, WIDTH_MS[resolution], deviceId);
  }

  async #read(
    resolution: Resolution,
    places: readonly Place[],
    from: number,
    to: number,
    widthMs: number,
    deviceId?: string,
  ): Promise<readonly RollUp[]> {
    const range =
      deviceId === undefined ? `time >= ${from}ms AND time < ${to}ms` : within(from, to, { deviceIds: [deviceId] });
    const answers = await this.#parts.client.query(
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

  /** Rolls up again what late samples touched, some hours of a device at a time, and the days around them. */
  async #mend(): Promise<void> {
    const { ledger, touched } = this.#parts;
    const { marks, hours } = await touched.read();
    for (const [deviceId, starts] of hours) {
      const days = new Set<number>();
      const following = new Set<number>();
      for (const span of spansOf(starts)) {
        for (const next of await this.#mendSpan(deviceId, span)) if (!starts.has(next)) following.add(next);
        for (let at = span.from; at < span.to; at += HOUR) days.add(alignDown(at, DAY));
      }
      for (const from of following) {
        await this.#mendSpan(deviceId, { from, to: from + HOUR });
        days.add(alignDown(from, DAY));
      }
      for (const day of days) {
        if (day < ledger.rolledTo['1d']) await this.#replace('1d', await this.#regroup('1d', day, day + DAY, deviceId));
      }
    }
    if (hours.size > 0) this.#tipsAt = Number.NaN;
    await touched.forget(marks);
  }

  /** @returns the later hours, rolled up already, whose first sample of a series has another neighbour now */
  async #mendSpan(deviceId: string, { from, to }: Span): Promise<ReadonlySet<number>> {
    const { client, ledger } = this.#parts;
    const rolledTo = ledger.rolledTo['1m'];
    const following = new Set<number>();
    if (from < rolledTo) {
      const answer = await this.#samples(from, to, deviceId);
      const minutes = await this.#toMinutes(answer, from, new Map());
      await this.#replace(
        '1m',
        minutes.filter(({ at }) => at < rolledTo),
      );
      const counters = new Set(readSeries(answer).flatMap(({ key, kind }) => (kind === 'counter' ? [key.metric] : [])));
      const afterwards = await client.query(
        [...counters].map((metric) => {
          const { measurement, field } = placeOf(metric);
          return (
            `SELECT first(${identifier(field)}) AS "v" FROM ${source('raw', measurement)} ` +
            `WHERE time >= ${to}ms AND "deviceId" = ${literal(deviceId)} GROUP BY ${BY_SERIES}`
          );
        }),
      );
      for (const series of afterwards.flat()) {
        const at = series.values[0]?.[0];
        if (typeof at === 'number' && at < rolledTo) following.add(alignDown(at, HOUR));
      }
    }
    const hoursTo = Math.min(to, ledger.rolledTo['1h']);
    if (from < hoursTo) await this.#replace('1h', await this.#regroup('1h', from, hoursTo, deviceId));
    return following;
  }

  /**
   * Puts buckets in the place of those that stand, but for those with fewer samples: there the finer resolution no
   * longer holds everything (expired, or history that was laid down rolled up).
   */
  async #replace(resolution: RolledResolution, buckets: readonly RollUp[]): Promise<void> {
    const [first] = buckets;
    if (first === undefined) return;
    const starts = buckets.map(({ at }) => at);
    const [from, to] = [Math.min(...starts), Math.max(...starts) + 1];
    const metrics = [...new Set(buckets.map(({ metric }) => metric))];
    const standing = new Map(
      (await this.#read(resolution, metrics.map(placeOf), from, to, WIDTH_MS[resolution], first.deviceId)).map(
        (each) => [`${keyText(each)}\0${each.at}`, each.count],
      ),
    );
    await this.write(
      resolution,
      buckets.filter((each) => each.count >= (standing.get(`${keyText(each)}\0${each.at}`) ?? 0)),
    );
  }

  /** Marks what must be rolled up again because buckets of a finer resolution were laid down. */
  async touchAround(resolution: RolledResolution, buckets: readonly RollUp[]): Promise<void> {
    const { ledger, touched } = this.#parts;
    const above = coarser(resolution);
    if (above === null) return;
    await touched.mark(buckets.filter(({ at }) => at < ledger.rolledTo[above]));
  }
}

type Span = { readonly from: number; readonly to: number };

/** Hours that follow each other, a day of them at most. */
function spansOf(starts: Iterable<number>): readonly Span[] {
  const spans: Span[] = [];
  for (const from of [...starts].sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last?.to === from && last.to - last.from < DAY) spans[spans.length - 1] = { from: last.from, to: from + HOUR };
    else spans.push({ from, to: from + HOUR });
  }
  return spans;
}

type SampleSeries = {
  readonly key: SeriesKey;
  readonly kind: RollUp['kind'];
  readonly samples: readonly Neighbour[];
};

/** Every field of an answer to `SELECT *` as a series of its own. */
function readSeries(answer: readonly ResultSeries[]): readonly SampleSeries[] {
  return answer.flatMap((series) =>
    series.columns.slice(1).flatMap((field, index): SampleSeries[] => {
      const samples = series.values.flatMap((row): Neighbour[] => {
        const [at, value] = [row[0], row[index + 1]];
        return typeof at === 'number' && typeof value === 'number' ? [{ at, value }] : [];
      });
      if (samples.length === 0) return [];
      const key = {
        deviceId: decodeName(series.tags['deviceId'] ?? ''),
        metric: metricOf({ measurement: series.name, field }),
        instance: decodeName(series.tags['instance'] ?? ''),
      };
      return [{ key, kind: kindFrom(series), samples }];
    }),
  );
}
