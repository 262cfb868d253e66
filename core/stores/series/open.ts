import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../log/log.ts';
import { openDuckDbSeriesStore } from './duckdb.ts';
import { openInfluxSeriesStore } from './influx.ts';
import { DEFAULT_RETENTION, type Retention } from './series-store.ts';
import { type SpooledSeriesStore, spooled } from './spool.ts';

/** Some hours of 5,700 devices; days of a small network. */
const SPOOL_BYTES = 1024 * 1024 * 1024;

type Options = { readonly clock: Clock; readonly log: Log; readonly retention?: Retention };

/**
 * The series store of this installation, with its spool: served where `INFLUX_URL` is set, else embedded in the data
 * directory, which one process at a time may open.
 */
export async function openSeriesStore(
  config: Pick<Config, 'dataDir' | 'influxUrl'> & Partial<Pick<Config, 'retention'>>,
  { clock, log, retention = config.retention ?? DEFAULT_RETENTION }: Options,
): Promise<SpooledSeriesStore> {
  await mkdir(config.dataDir, { recursive: true });
  const seriesLog = log.child({ store: 'series' });
  const options = { retention, clock, log: seriesLog };
  const store =
    config.influxUrl === null
      ? await openDuckDbSeriesStore({ path: join(config.dataDir, 'series.duckdb'), ...options })
      : await openInfluxSeriesStore({ url: config.influxUrl, ...options });
  try {
    const dir = join(config.dataDir, 'spool');
    return await spooled(store, { dir, maxBytes: SPOOL_BYTES, log: seriesLog, clock });
  } catch (error) {
    await store.close();
    throw error;
  }
}
