import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_COLLECTOR_CONFIG } from '../collector/config.ts';
import type { Config } from '../core/config/config.ts';
import type { Inventory } from '../core/stores/inventory/inventory.ts';

/**
 * Where a collector bears another name than at its last start (a container has another host name each time), what it
 * signed before goes over to that: else its old self would be told of as cut off for ever. Call it before it starts.
 */
export async function keepCollectorName(
  { dataDir, collectorName }: Pick<Config, 'dataDir' | 'collectorName'>,
  { heartbeats }: Pick<Inventory, 'heartbeats'>,
): Promise<void> {
  const file = join(dataDir, 'collector-name');
  const before = (await readFile(file, 'utf8').catch(() => '')).trim() || DEFAULT_COLLECTOR_CONFIG.name;
  if (before === collectorName) return;
  await heartbeats.rename(before, collectorName);
  await writeFile(`${file}.new`, collectorName);
  await rename(`${file}.new`, file);
}
