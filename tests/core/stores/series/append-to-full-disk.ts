import { join } from 'node:path';
import { SECOND } from '../../../../core/domain/clock.ts';
import { silentLog } from '../../../../core/log/log.ts';
import { openDuckDbSeriesStore } from '../../../../core/stores/series/duckdb.ts';
import { DEFAULT_RETENTION } from '../../../../core/stores/series/series-store.ts';
import { spooled } from '../../../../core/stores/series/spool.ts';

/** Appends to a store whose files cannot grow beyond a limit, and prints what became of it. */
const [dir = '', startAt = '', batches = ''] = process.argv.slice(2);
const store = await spooled(
  await openDuckDbSeriesStore({
    path: join(dir, 'series.duckdb'),
    retention: DEFAULT_RETENTION,
    clock: Date.now,
    log: silentLog,
    lingerMs: 0,
  }),
  { dir: join(dir, 'spool'), maxBytes: 6 * 1024 * 1024, log: silentLog, clock: Date.now },
);
for (let batch = 0; batch < Number(batches); batch += 1) {
  const at = Number(startAt) + batch * 10 * SECOND;
  await store.append(
    Array.from({ length: 2_000 }, (_, index) => ({
      deviceId: `device-${index}`,
      metric: 'ping.average_response_ms',
      instance: '',
      kind: 'gauge' as const,
      at,
      value: Math.sin(batch * 2_000 + index),
    })),
  );
}
process.stdout.write(`${JSON.stringify({ ...store.spoolStatus(), ok: (await store.status()).ok })}\n`);
await store.close();
