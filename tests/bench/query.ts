import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY, HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import { silentLog } from '../../core/log/log.ts';
import { rows } from '../../core/stores/series/duckdb/engine.ts';
import { openSession, type Session } from '../../core/stores/series/duckdb/session.ts';
import { openDuckDbSeriesStore } from '../../core/stores/series/duckdb.ts';
import { alignDown, WIDTH_MS } from '../../core/stores/series/resolution.ts';
import { SeriesNames } from '../../core/stores/series/series-names.ts';
import { DEFAULT_RETENTION, type Resolution, type SeriesQuery } from '../../core/stores/series/series-store.ts';
import { type Bench, rounded, spread } from '../support/bench.ts';

const VALUES = 20;
const REGENCIES = 17;
const DAYS = 30;

/** Span that settles at once. */
const CHUNK_MS = { raw: HOUR, '1m': HOUR, '1h': DAY, '1d': 16 * DAY } as const;

const deviceId = (device: number): string => `00000000-0000-4000-8000-${String(device).padStart(12, '0')}`;
const metric = (index: number): string => (index % 2 === 0 ? `system.gauge_${index}` : `interface.counter_${index}`);

/** The store gives each metric a block of ids; every second metric is a counter. */
const BLOCK_IDS = 2 ** 19;
const isCounter = `series // ${BLOCK_IDS} % 2 = 1`;
const gaugeValue = 'round(random() * 100, 1)';
const counterValue = 'at_ms // 1000 * 100000 + floor(random() * 1e6)';

/** What one round of polling would have left, made by the engine itself. */
function selectRows(resolution: Resolution, from: number, to: number, devices: number): string {
  const width = WIDTH_MS[resolution];
  if (resolution === 'raw') {
    // In order of arrival: devices come one after the other within the minute, in an order of their own.
    return `
      SELECT series, at_ms, CASE WHEN ${isCounter} THEN ${counterValue} ELSE ${gaugeValue} END,
        CASE WHEN ${isCounter} THEN floor(random() * 1e6) ELSE 0 END, CASE WHEN ${isCounter} THEN ${MINUTE} ELSE 0 END
      FROM (
        SELECT (k * ${BLOCK_IDS} + (i * 2741) % ${devices})::INTEGER AS series, t + i * ${MINUTE} // ${devices} AS at_ms
        FROM range(${from}, ${to}, ${MINUTE}) a(t), range(${devices}) b(i), range(${VALUES}) c(k)
      )`;
  }
  const many = resolution !== '1m';
  const count = width / MINUTE;
  const part = (sql: string): string => (many ? sql : 'NULL');
  return `
    SELECT series, at_ms, ${count}, ${part('round(random() * 10, 1)')}, ${part('90 + round(random() * 10, 1)')},
      ${part(`round(random() * ${100 * count}, 1)`)},
      CASE WHEN ${isCounter} THEN ${counterValue} ELSE ${gaugeValue} END,
      CASE WHEN ${isCounter} THEN floor(random() * ${1e6 * count}) ELSE 0 END, CASE WHEN ${isCounter} THEN ${width} ELSE 0 END
    FROM (
      SELECT (k * ${BLOCK_IDS} + d)::INTEGER AS series, t AS at_ms
      FROM range(${from}, ${to}, ${width}) a(t), range(${devices}) b(d), range(${VALUES}) c(k)
    )`;
}

/** Lays a resolution down as the store would have left it: what is settled in order of series, the rest of time. */
async function lay(
  session: Session,
  resolution: Resolution,
  from: number,
  to: number,
  devices: number,
): Promise<number> {
  const { engine, partitions, ledger } = session;
  let laid = 0;
  for (let at = from; at < to; ) {
    const place = partitions.at(resolution, at);
    const end = Math.min(to, place.to, alignDown(at, CHUNK_MS[resolution]) + CHUNK_MS[resolution]);
    const select = selectRows(resolution, at, end, devices);
    laid += await engine.write(async (connection) => {
      await partitions.ensure(connection, place);
      const order = place.isFresh ? 'at_ms, series' : 'series, at_ms';
      const [row] = await rows(connection, `INSERT INTO ${place.table} ${select} ORDER BY ${order}`);
      return Number(row?.[0] ?? 0);
    });
    at = end;
  }
  if (resolution !== 'raw') await engine.write((connection) => ledger.setRolledTo(connection, resolution, to));
  return laid;
}

/**
 * Lays down a province: days and hours of the whole time, minutes and samples of its end, since 30 days of minutes
 * alone would be 5 thousand million rows.
 */
export const bench: Bench = async ({ option, print }) => {
  const devices = option('devices', 5_700);
  const minuteHours = option('minute-hours', 6);
  const rawHours = option('raw-hours', 1);
  const runs = option('runs', 40);
  const threads = option('threads', 1);
  const now = Math.floor(Date.now() / HOUR) * HOUR + 25 * MINUTE;
  const [hour, day] = [now - (now % HOUR), now - (now % DAY)];
  const dir = await mkdtemp(join(tmpdir(), 'simpul-bench-'));
  const path = join(dir, 'series.duckdb');
  try {
    const started = performance.now();
    const session = await openSession({ path, memoryMb: 1024, threads: 2 }, new SeriesNames(), now);
    await session.engine.write((connection) =>
      connection.run(`
        INSERT INTO series SELECT k * ${BLOCK_IDS} + d, '00000000-0000-4000-8000-' || lpad(d::VARCHAR, 12, '0'),
          CASE WHEN k % 2 = 0 THEN 'system.gauge_' ELSE 'interface.counter_' END || k, '',
          CASE WHEN k % 2 = 0 THEN 'gauge' ELSE 'counter' END
        FROM range(${devices}) a(d), range(${VALUES}) b(k) ORDER BY 1`),
    );
    const laid = {
      '1d': await lay(session, '1d', day - DAYS * DAY, day, devices),
      '1h': await lay(session, '1h', hour - DAYS * DAY, hour, devices),
      '1m': await lay(session, '1m', now - minuteHours * HOUR, now - MINUTE, devices),
      raw: await lay(session, 'raw', now - rawHours * HOUR, now, devices),
    };
    await session.engine.close();
    print({
      what: 'laid down',
      devices,
      series: devices * VALUES,
      days: DAYS,
      rows: laid,
      extent: `days and hours over ${DAYS} days, minutes over ${minuteHours} h, samples over ${rawHours} h`,
      fileMb: rounded((await stat(path)).size / 1e6),
      seconds: Math.round((performance.now() - started) / 1000),
    });

    const opening = performance.now();
    const store = await openDuckDbSeriesStore({
      path,
      retention: DEFAULT_RETENTION,
      clock: () => now,
      log: silentLog,
      threads,
    });
    print({ what: 'open the file', ms: Math.round(performance.now() - opening) });

    let device = 17;
    async function chart(
      what: string,
      aimMs: number | null,
      query: Omit<SeriesQuery, 'deviceIds' | 'to'>,
    ): Promise<void> {
      const times: number[] = [];
      let points = 0;
      for (let run = 0; run < runs; run += 1) {
        device = (device * 31 + 7) % devices;
        const began = performance.now();
        const series = await store.query({ ...query, deviceIds: [deviceId(device)], to: now });
        times.push(performance.now() - began);
        points = series.reduce((sum, each) => sum + each.points.length, 0);
      }
      print({ what, points, firstMs: rounded(times[0] ?? 0), ...spread(times), ...(aimMs === null ? {} : { aimMs }) });
    }
    const from = now - DAYS * DAY;
    const all = Array.from({ length: VALUES }, (_, index) => metric(index));
    await chart('30 days of one device, one metric, by the hour', 100, { metrics: [metric(0)], from, stepMs: HOUR });
    await chart('30 days of one device, rates of two counters, by the hour', 100, {
      metrics: [metric(1), metric(3)],
      from,
      stepMs: HOUR,
      aggregate: 'rate',
    });
    await chart('30 days of one device, all 20 metrics, by the hour', 100, { metrics: all, from, stepMs: HOUR });
    await chart('6 hours of one device, one metric, by 1 minute', null, {
      metrics: [metric(0)],
      from: now - 6 * HOUR,
      stepMs: MINUTE,
    });
    await chart('1 hour of one device, one metric, by 10 seconds', null, {
      metrics: [metric(0)],
      from: now - HOUR,
      stepMs: 10 * SECOND,
    });

    const groups = new Map(
      Array.from({ length: REGENCIES }, (_, regency) => [
        `16.${String(regency + 1).padStart(2, '0')}`,
        Array.from({ length: devices }, (_, index) => index)
          .filter((index) => index % REGENCIES === regency)
          .map(deviceId),
      ]),
    );
    for (const [what, stepMs] of [
      ['coverage of 17 regencies over 30 days, one figure each', undefined],
      ['coverage of 17 regencies over 30 days, by the day', DAY],
    ] as const) {
      const times: number[] = [];
      for (let run = 0; run < Math.ceil(runs / 2); run += 1) {
        const began = performance.now();
        await store.group({
          metric: metric((run % 10) * 2),
          from,
          to: now,
          aggregate: 'mean',
          groups,
          ...(stepMs === undefined ? {} : { stepMs }),
        });
        times.push(performance.now() - began);
      }
      print({ what, devices, firstMs: rounded(times[0] ?? 0), ...spread(times), aimMs: 300 });
    }
    await store.close();
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};
