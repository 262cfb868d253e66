/**
 * A Simpul that polls and imports until it is killed. Each batch of samples is written to the ledger, with one write,
 * after the store said that it is stored: what the ledger names must be there after the next start.
 */
import { openSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startCollector } from '../../../collector/main.ts';
import { memoryBus } from '../../../core/bus/memory.ts';
import { readConfig } from '../../../core/config/config.ts';
import { createLog } from '../../../core/log/log.ts';
import { importRegions } from '../../../core/services/import-regions.ts';
import { openInventory } from '../../../core/stores/inventory/open.ts';
import { openSeriesStore } from '../../../core/stores/series/open.ts';
import { samplesOf } from '../../../core/stores/series/sample-columns.ts';
import { labRegionPack } from '../../../provisioning/lab/regions.ts';

const [ledgerFile = ''] = process.argv.slice(2);
const ledger = openSync(ledgerFile, 'a');
const config = readConfig(process.env, { bind: '127.0.0.1' });
const log = createLog('warn');
const clock = Date.now;

const inventory = await openInventory(config, { log, clock });
const series = await openSeriesStore(config, { log, clock });
await startCollector({
  inventory,
  series: {
    latest: (query) => series.latest(query),
    names: series.names,
    appendColumns: async (columns) => {
      await series.appendColumns(columns);
      const lines = samplesOf(columns).map(({ deviceId, metric, instance, at, value }) =>
        JSON.stringify([deviceId, metric, instance, at, value]),
      );
      writeSync(ledger, `${lines.join('\n')}\n`);
    },
  },
  // Outages are to be seen in lives that are short.
  config: { reachIntervalMs: 1_000 },
  bus: memoryBus((error) => log.error({ error: String(error) }, 'a bus listener failed')),
  clock,
  log,
});
process.stdout.write('started\n');

// Import after import: each gives every region the same new mark, in one transaction.
const pack = labRegionPack();
for (let round = 0; ; round += 1) {
  const began = clock();
  const mark = `${process.pid}-${round}`;
  const marked = <Row extends { readonly name: string }>(rows: readonly Row[]): Row[] =>
    rows.map((row) => ({ ...row, name: `${row.name.replace(/ \[.*/, '')} [${mark}]` }));
  await importRegions(inventory, {
    ...pack,
    provinces: marked(pack.provinces),
    regencies: marked(pack.regencies),
    districts: marked(pack.districts),
    villages: marked(pack.villages),
  });
  await series.rollUp(clock());
  // Half of the time: what it polls is to be stored, too.
  await delay(clock() - began);
}
