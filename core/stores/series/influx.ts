import type { Secret } from '../../config/secret.ts';
import { type Clock, DAY, SECOND } from '../../domain/clock.ts';
import { AppError } from '../../domain/errors.ts';
import type { Sample } from '../../domain/sample.ts';
import type { Log } from '../../log/log.ts';
import { type Figure, figureOf, type Partial, toPoints, toSeries } from './answer.ts';
import { Batcher } from './batcher.ts';
import { checkRange, checkRetention, checkRollUps, isStorable } from './check.ts';
import { Buckets } from './influx/buckets.ts';
import { InfluxClient, type Point, RefusedStatement } from './influx/client.ts';
import { Ledger } from './influx/ledger.ts';
import { placeOf } from './influx/names.ts';
import { addTo, type Bucket, bucketOfStep, newestSamples, readBuckets } from './influx/read.ts';
import { InfluxRollUp } from './influx/roll-up.ts';
import { createSchema, policyOf, tagsOf } from './influx/schema.ts';
import { Touched } from './influx/touched.ts';
import { alignDown, coarser, resolutionFor, WIDTH_MS } from './resolution.ts';
import { samplesOf } from './sample-columns.ts';
import { SeriesNames } from './series-names.ts';
import { type GroupQuery, type GroupSeries, RESOLUTIONS, type Retention, type SeriesStore } from './series-store.ts';

export type InfluxOptions = {
  /** `http[s]://[user:password@]host[:port][/database]`, database `simpul` where it names none. */
  readonly url: Secret;
  readonly retention: Retention;
  readonly clock: Clock;
  readonly log: Log;
  /** How long an append waits for others to share its request. */
  readonly lingerMs?: number;
  /** Of one request to the server; default 30 s. */
  readonly timeoutMs?: number;
};

const FULL_BATCH = 5_000;
const MAX_BATCH = 20_000;

/**
 * Time series in a server that speaks the InfluxDB 1.x API. It need not be there when the process starts.
 * @throws AppError `config` where the retention makes no sense
 */
export async function openInfluxSeriesStore(options: InfluxOptions): Promise<SeriesStore> {
  const { url, retention, clock, log, lingerMs = 20, timeoutMs = 30 * SECOND } = options;
  checkRetention(retention);
  const client = new InfluxClient(url, timeoutMs);
  const ledger = new Ledger(client);
  const touched = new Touched(client, log);
  const buckets = new Buckets(client, ledger);
  const rollUp = new InfluxRollUp({ client, ledger, touched, buckets });
  let isReady = false;
  let isClosing = false;
  let reason: string | null = null;
  let stored = 0;
  let working: Promise<unknown> = Promise.resolve();

  async function use<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (!isReady) {
        await createSchema(client, log);
        isReady = true;
      }
      await ledger.refresh(clock());
      const result = await work();
      reason = null;
      return result;
    } catch (error) {
      if (error instanceof AppError && error.code === 'store-unavailable') {
        reason = error.message;
        // It may come back as another server, without our database.
        isReady = false;
      }
      throw error;
    }
  }

  /** Roll-ups, laying down and expiry never run beside each other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = working.then(() => use(work));
    working = result.catch(() => {});
    return result;
  }

  async function storeSamples(samples: readonly Sample[]): Promise<void> {
    const expiredTo = ledger.expiredTo('raw');
    const usable = samples.filter((sample) => isStorable(sample.at, sample.value) && sample.at >= expiredTo);
    let since = Infinity;
    for (const { at } of usable) since = Math.min(since, at);
    if (usable.length < samples.length) {
      log.warn({ leftOut: samples.length - usable.length }, 'samples that cannot be stored were left out');
    }
    await ledger.noteHeld('raw', since);
    await client.write(toPointsOf(usable), policyOf('raw'));
    await touched.mark(usable.filter(({ at }) => touched.isLate(at, clock()) || at < ledger.rolledTo['1m']));
    stored += usable.length;
  }

  const names = new SeriesNames();
  const batcher = new Batcher<readonly Sample[]>({
    lingerMs,
    fullSamples: FULL_BATCH,
    maxSamples: MAX_BATCH,
    store: (batch) => use(() => storeSamples(batch.flat())),
  });

  async function expire(now: number): Promise<void> {
    const { minutes } = await touched.read();
    let unmended = Infinity;
    for (const starts of minutes.values()) for (const at of starts) unmended = Math.min(unmended, at);
    for (const resolution of RESOLUTIONS) {
      const days = retention[resolution];
      if (days === null) continue;
      let until = now - days * DAY;
      const above = coarser(resolution);
      if (above !== null) until = alignDown(Math.min(until, ledger.rolledTo[above], unmended), WIDTH_MS[above]);
      if (until <= ledger.expiredTo(resolution)) continue;
      await ledger.setExpiredTo(resolution, until);
      await dropShards(client, policyOf(resolution), until);
    }
  }

  async function append(samples: readonly Sample[]): Promise<void> {
    if (samples.length === 0) return;
    if (isClosing) throw new AppError('store-unavailable', 'the series store is closed');
    await batcher.append(samples);
  }

  return {
    names,
    append,
    appendColumns: (columns) => append(samplesOf(columns)),

    async appendRollUps(resolution, rollUps) {
      checkRollUps(WIDTH_MS[resolution], rollUps);
      if (rollUps.length === 0) return;
      await inTurn(async () => {
        let end = -Infinity;
        for (const { at } of rollUps) end = Math.max(end, at + WIDTH_MS[resolution]);
        const isAhead = ledger.rolledTo[resolution] < end;
        if (isAhead) await rollUp.runBefore(resolution, end);
        await buckets.write(resolution, rollUps);
        await rollUp.touchAround(resolution, rollUps);
        if (isAhead) await ledger.setRolledTo(resolution, end);
      });
    },

    async query(query) {
      checkRange(query);
      const { from, to, stepMs, aggregate = 'mean' } = query;
      const metrics = [...new Set(query.metrics)];
      const found = await use(() =>
        readBuckets(
          client,
          ledger,
          { ...query, metrics },
          {
            from,
            to,
            wanted: resolutionFor(stepMs),
            stepMs,
            bucketOf: bucketOfStep(stepMs),
            withGrowth: aggregate === 'rate',
          },
        ),
      );
      return toSeries(
        [...found.values()].map(({ key, buckets }) => ({
          key,
          figures: figuresOf(buckets, (partial) => figureOf(aggregate, partial)),
        })),
        query,
      );
    },

    async group(query) {
      checkRange(query);
      return use(() => queryGroups(client, ledger, query));
    },

    latest: (query) =>
      use(() =>
        newestSamples(client, {
          deviceIds: query.deviceIds,
          metrics: query.metrics,
          since: Math.max(query.since, ledger.expiredTo('raw')),
        }),
      ),

    rollUp: (now) => inTurn(() => rollUp.run(now)),
    expire: (now) => inTurn(() => expire(now)),

    async status() {
      await use(() => client.queryOne('SHOW DATABASES')).catch(() => {});
      return { engine: 'influx', ok: reason === null && !isClosing, reason, stored };
    },

    async close() {
      isClosing = true;
      await batcher.close();
      await working;
    },
  };
}

/** One point for all metrics of a measurement, device, instance and moment. */
function toPointsOf(samples: readonly Sample[]): readonly Point[] {
  const points = new Map<string, Point & { readonly fields: Record<string, number> }>();
  for (const sample of samples) {
    const { measurement, field } = placeOf(sample.metric);
    const key = [sample.deviceId, measurement, sample.instance, sample.kind, sample.at].join('\0');
    const point = points.get(key) ?? { measurement, tags: tagsOf(sample), fields: {}, at: sample.at };
    point.fields[field] = sample.value;
    points.set(key, point);
  }
  return [...points.values()];
}

const figuresOf = (buckets: ReadonlyMap<number, Bucket>, figure: (partial: Partial) => number | null): Figure[] =>
  [...buckets]
    .map(([at, { partial, widthMs }]) => ({ at, value: figure(partial), widthMs }))
    .sort((a, b) => a.at - b.at);

async function queryGroups(client: InfluxClient, ledger: Ledger, query: GroupQuery): Promise<readonly GroupSeries[]> {
  const { metric, from, to, stepMs, aggregate, groups } = query;
  const deviceIds = [...new Set([...groups.values()].flat())];
  const found =
    deviceIds.length === 0
      ? new Map()
      : await readBuckets(
          client,
          ledger,
          { deviceIds, metrics: [metric] },
          {
            from,
            to,
            wanted: stepMs === undefined ? '1d' : resolutionFor(stepMs),
            stepMs: stepMs ?? 'whole',
            bucketOf: stepMs === undefined ? () => from : bucketOfStep(stepMs),
            withGrowth: false,
          },
        );
  const byDevice = new Map<string, Map<number, Bucket>[]>();
  for (const { key, buckets } of found.values()) {
    byDevice.set(key.deviceId, [...(byDevice.get(key.deviceId) ?? []), buckets]);
  }
  return [...groups].map(([group, members]) => {
    const sum = new Map<number, Bucket>();
    for (const buckets of [...new Set(members)].flatMap((deviceId) => byDevice.get(deviceId) ?? [])) {
      for (const [at, { partial, widthMs }] of buckets) {
        const standing = sum.get(at);
        if (standing === undefined) sum.set(at, { partial: { ...partial }, widthMs });
        else addTo(standing.partial, partial);
      }
    }
    const figures = figuresOf(sum, (partial) => figureOf(aggregate, partial));
    return {
      group,
      points: stepMs === undefined ? [{ at: from, value: figures[0]?.value ?? null }] : toPoints(figures, query),
    };
  });
}

/** Gives back the room of shards that hold nothing newer. Engines without shards delete by settings of their own. */
async function dropShards(client: InfluxClient, policy: string, until: number): Promise<void> {
  const shards = await client.queryOne('SHOW SHARDS').catch((error: unknown) => {
    if (error instanceof RefusedStatement) return [];
    throw error;
  });
  for (const { columns, values } of shards) {
    const [id, database, name, end] = ['id', 'database', 'retention_policy', 'end_time'].map((each) =>
      columns.indexOf(each),
    );
    for (const row of values) {
      if (row[database ?? -1] !== client.database || row[name ?? -1] !== policy) continue;
      if (Date.parse(String(row[end ?? -1])) > until || !/^\d+$/.test(String(row[id ?? -1]))) continue;
      await client.queryOne(`DROP SHARD ${row[id ?? -1]}`);
    }
  }
}
