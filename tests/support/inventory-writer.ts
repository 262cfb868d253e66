/**
 * A process for the tests to kill: opens the inventory of SIMPUL_DATA_DIR, then stores rows as fast as it can and says
 * so of each on standard output once it is stored. `open` as first argument: only opens it, and stays.
 */
import { silentLog } from '../../core/log/log.ts';
import { openInventory } from '../../core/stores/inventory/open.ts';

const dataDir = process.env['SIMPUL_DATA_DIR'] ?? '';
const run = process.argv[2] ?? 'open';
try {
  const options = { log: silentLog, clock: Date.now };
  const inventory = await openInventory({ dataDir, databaseUrl: null, secretKey: null }, options);
  process.stdout.write('open\n');
  const writer = async (name: string): Promise<void> => {
    for (let count = 0; ; count += 1) {
      await inventory.sql.transaction(async (sql) => {
        await sql.run('INSERT INTO setting (key, value) VALUES ($1, $2)', [`${run}-${name}-${count}`, '1']);
        await sql.run('UPDATE setting SET value = $2 WHERE key = $1', [`${run}-${name}-${count}`, '2']);
      });
      process.stdout.write(`stored ${run}-${name}-${count}\n`);
    }
  };
  if (run !== 'open') await Promise.all(['a', 'b', 'c'].map(writer));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
