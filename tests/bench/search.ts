import { finder } from '../../api/read-models/finder.ts';
import { memoryBus } from '../../core/bus/memory.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { type Bench, rounded, spread } from '../support/bench.ts';
import { openEmbeddedTestInventory } from '../support/inventory.ts';
import { openInventoryAt } from '../support/inventory-at.ts';
import { layLargeProvince, madeUpName } from '../support/large-province.ts';
import { startPostgres } from '../support/postgres.ts';

const AIM_MS = 100;

/**
 * The search box at the size of a province beside the villages of the whole country, on both engines. `--devices 11000
 * --villages 83762 --runs 20` where nothing is said.
 */
export const bench: Bench = async ({ option, print }) => {
  const size = { devices: option('devices', 11_000), villages: option('villages', 83_762) };
  const runs = option('runs', 20);

  async function measure(inventory: Inventory): Promise<void> {
    const began = performance.now();
    await layLargeProvince(inventory, size);
    print({
      engine: inventory.engine,
      what: 'laid down',
      ...size,
      seconds: rounded((performance.now() - began) / 1000),
    });
    const search = finder({ inventory, bus: memoryBus(() => {}), clock: Date.now });
    const heapBefore = process.memoryUsage().heapUsed;
    const warming = performance.now();
    await search.warm();
    print({
      ...{ engine: inventory.engine, what: 'read into memory', ms: Math.round(performance.now() - warming) },
      heapMb: rounded((process.memoryUsage().heapUsed - heapBefore) / 1e6),
    });
    const name = (run: number): string => madeUpName(run * 31);
    const questions: Readonly<Record<string, (run: number) => string>> = {
      'two letters': (run) => name(run).slice(0, 2),
      'half a name': (run) => name(run).slice(0, 5),
      'a whole name': name,
      'a word of every device': () => 'kantor',
      address: (run) => `10.0.${run}.${run}`,
      'begun address': (run) => `10.0.${run}`,
      'region code': (run) => `11.0${1 + (run % 9)}.0${1 + (run % 9)}.2001`,
      'MAC with dots': (run) => `4c00.0000.${run.toString(16).padStart(4, '0')}`,
      'begun MAC': () => '4c:00:00',
      serial: (run) => `HG${String(run * 7_919).padStart(8, '0')}`,
      'one letter wrong': (run) => `${name(run).slice(0, 4)}x${name(run).slice(4, 8)}`,
      nothing: (run) => `zzq${run}zz`,
    };
    for (const [what, question] of Object.entries(questions)) {
      for (const region of ['', '11.01'] as const) {
        const times: number[] = [];
        let hits = 0;
        for (let run = 1; run <= runs; run++) {
          const asked = { q: question(run), region, perKind: 6, sees: () => true, mayFind: () => true };
          const startedAt = performance.now();
          const { items } = await search.find(asked);
          times.push(performance.now() - startedAt);
          hits += items.length;
        }
        print({ engine: inventory.engine, what, region, hits, ...spread(times), aimMs: AIM_MS });
      }
    }
  }

  const postgres = await startPostgres();
  try {
    const served = await openInventoryAt(await postgres.database());
    await measure(served).finally(() => served.close());
  } finally {
    await postgres.stop();
  }
  const embedded = await openEmbeddedTestInventory();
  await measure(embedded.inventory).finally(() => embedded.close());
};
