import type { Clock } from '../../domain/clock.ts';
import { AppError } from '../../domain/errors.ts';
import type { Sample } from '../../domain/sample.ts';
import type { Log } from '../../log/log.ts';
import { Batcher } from './batcher.ts';
import { checkRange, checkRetention, checkRollUps } from './check.ts';
import { storeSamples } from './duckdb/append.ts';
import { asStoreError } from './duckdb/engine.ts';
import { expireAll } from './duckdb/expire.ts';
import { layDown } from './duckdb/lay-down.ts';
import { queryGroups, querySeries } from './duckdb/query.ts';
import { rollUpAll } from './duckdb/roll-up.ts';
import { openSession, type Session } from './duckdb/session.ts';
import { settleAll } from './duckdb/settle.ts';
import { WIDTH_MS } from './resolution.ts';
import { columnsOf, type SampleColumns, samplesOf } from './sample-columns.ts';
import { SeriesNames } from './series-names.ts';
import type { LatestQuery, Retention, SeriesStore } from './series-store.ts';

export type DuckDbOptions = {
  /** File of the database; its write-ahead log and what spills lie beside it. */
  readonly path: string;
  readonly retention: Retention;
  readonly clock: Clock;
  readonly log: Log;
  /** Default 1024. */
  readonly memoryMb?: number;
  /** Default 1: more make single appends dearer, and reads run beside each other on threads of their own anyway. */
  readonly threads?: number;
  /** How long an append waits for others to share its commit; a commit costs as much as thousands of samples. */
  readonly lingerMs?: number;
};

/** Samples that one transaction takes at most. */
const MAX_BATCH = 50_000;
/** Samples that do not wait for company. */
const FULL_BATCH = 5_000;

/**
 * Time series in one file beside the process.
 * @throws AppError `store-unavailable` where the file cannot be opened, `config` where the retention makes no sense
 */
export async function openDuckDbSeriesStore(options: DuckDbOptions): Promise<SeriesStore> {
  const { path, retention, clock, log, memoryMb = 1024, threads = 1, lingerMs = 20 } = options;
  checkRetention(retention);
  const engineOptions = { path, memoryMb, threads };
  const names = new SeriesNames();
  let session: Promise<Session> | null = openSession(engineOptions, names, clock());
  await session;
  let isClosing = false;
  let isClosed = false;
  let reason: string | null = null;
  let stored = 0;

  /** Runs on the open session. One that failed is thrown away, since its memory may be ahead of the disk. */
  async function use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (isClosed) throw new AppError('store-unavailable', 'the series store is closed');
    session ??= openSession(engineOptions, names, clock());
    const opening = session;
    try {
      const result = await work(await opening);
      reason = null;
      return result;
    } catch (caught) {
      const error = asStoreError(caught);
      if (error instanceof AppError && error.code !== 'store-unavailable') throw error;
      reason = error instanceof Error ? error.message : String(error);
      log.error({ reason }, 'series store failed and is opened anew');
      if (session === opening) {
        session = null;
        await opening.then(({ engine }) => engine.close()).catch(() => {});
      }
      throw error;
    }
  }

  const batcher = new Batcher<SampleColumns>({
    lingerMs,
    fullSamples: FULL_BATCH,
    maxSamples: MAX_BATCH,
    async store(batch) {
      const { unusable, expired, ...appended } = await use((open) =>
        open.engine.write((connection) => storeSamples(connection, open, batch)),
      );
      stored += appended.stored;
      if (unusable + expired > 0) log.warn({ unusable, expired }, 'samples that cannot be stored were left out');
    },
  });

  async function appendColumns(columns: SampleColumns): Promise<void> {
    if (columns.length === 0) return;
    if (isClosing) throw new AppError('store-unavailable', 'the series store is closed');
    await batcher.append(columns);
  }

  return {
    names,
    append: (samples) => appendColumns(columnsOf(names, samples)),
    // Another store's numbers mean nothing here.
    appendColumns: (columns) => appendColumns(columns.names === names ? columns : columnsOf(names, samplesOf(columns))),

    async appendRollUps(resolution, rollUps) {
      checkRollUps(WIDTH_MS[resolution], rollUps);
      if (rollUps.length > 0) await use((open) => layDown(open, resolution, rollUps));
    },

    async query(query) {
      checkRange(query);
      return use((open) => querySeries(open, query));
    },

    async group(query) {
      checkRange(query);
      return use((open) => queryGroups(open, query));
    },

    latest: (query) => use((open) => latest(open, query)),

    rollUp: (now) =>
      use(async (open) => {
        await rollUpAll(open, now);
        await settleAll(open);
      }),

    expire: (now) => use((open) => expireAll(open, retention, now)),

    status: async () => ({ engine: 'duckdb', ok: reason === null && !isClosed, reason, stored }),

    async close() {
      if (isClosing) return;
      isClosing = true;
      await batcher.close();
      isClosed = true;
      await session?.then(({ engine }) => engine.close()).catch(() => {});
    },
  };
}

async function latest(
  { catalogue, engine, partitions, ledger }: Session,
  { deviceIds, metrics, since }: LatestQuery,
): Promise<readonly Sample[]> {
  const wanted = metrics && new Set(metrics);
  const series = catalogue.find(deviceIds, ({ metric }) => wanted === undefined || wanted.has(metric));
  const handles = series.map(({ handle }) => handle);
  if (handles.some((handle) => catalogue.lacksTip(handle)))
    await engine.write((connection) => catalogue.ensureTips(connection, partitions, handles));
  return series
    .filter(({ handle }) => catalogue.tipAt(handle) >= Math.max(since, ledger.expiredTo.raw))
    .map(({ deviceId, metric, instance, kind, handle }) => ({
      deviceId,
      metric,
      instance,
      kind,
      value: catalogue.tipValue(handle),
      at: catalogue.tipAt(handle),
    }));
}
