import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../../../core/log/log.ts';
import { makeTemplate } from '../../../../core/stores/inventory/make-template.ts';
import { openInventory } from '../../../../core/stores/inventory/open.ts';
import { type Running, SHORT_LIVED, startNode } from '../../../support/process.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'simpul-embedded-'));
  cpSync(await makeTemplate(), join(dataDir, 'inventory'), { recursive: true });
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const start = (run: string, dir = dataDir): Running =>
  startNode([SHORT_LIVED, 'dist/tests/support/inventory-writer.js', run], { SIMPUL_DATA_DIR: dir });

const open = () => openInventory({ dataDir, databaseUrl: null, secretKey: null }, { log: silentLog, clock: Date.now });

test('killed again and again while it writes, it opens by itself and has lost no row that it said was stored', async () => {
  const stored: string[] = [];
  for (const run of ['one', 'two', 'three', 'four', 'five']) {
    const writer = start(run);
    await writer.until(/(stored .*\n){40}/, 120_000);
    await writer.end('SIGKILL');
    stored.push(...[...writer.output().matchAll(/^stored (.+)$/gm)].map(([, key]) => key ?? ''));
  }

  const inventory = await open();
  const rows = await inventory.sql.query<{ key: string; value: number }>('SELECT key, value FROM setting');
  await inventory.close();

  const values = new Map(rows.map(({ key, value }) => [key, value]));
  expect(stored.length).toBeGreaterThanOrEqual(200);
  expect(stored.filter((key) => values.get(key) !== 2)).toEqual([]);
  // A transaction is there as a whole or not at all.
  expect(rows.filter(({ value }) => value !== 2)).toEqual([]);
}, 300_000);

test('killed while it makes its files, it makes them anew', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'simpul-embedded-new-'));
  const first = start('open', dir);
  await untilExists(join(dir, 'inventory.new'));
  await first.end('SIGKILL');

  const second = start('open', dir);
  await second.until(/^open$/m, 120_000);

  await second.end('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
}, 300_000);

test('a second process on the same directory stops with one line that says what to do', async () => {
  const first = start('open');
  await first.until(/^open$/m, 120_000);
  const second = start('open');

  const [line] = await second.until(/^.+\n/, 120_000);

  expect(line).toContain(`is open in process ${first.pid}`);
  expect(line).toContain('SIMPUL_DATA_DIR');
  expect(second.output()).toBe(line);
  await first.end('SIGKILL');
});

test('within one process, too, a directory is opened once', async () => {
  const inventory = await open();

  const again = open();

  await expect(again).rejects.toMatchObject({ code: 'config' });
  await inventory.close();
});

test('the lock of a process that is gone, or half written, is taken over', async () => {
  for (const left of [
    '',
    '{"pid":',
    '{"pid":1,"birth":"never","token":"x"}',
    `{"pid":${process.pid},"birth":"before"}`,
  ]) {
    writeFileSync(join(dataDir, 'inventory.lock'), left);

    const inventory = await open();

    await inventory.close();
  }
});

async function untilExists(path: string): Promise<void> {
  const until = Date.now() + 120_000;
  while (!existsSync(path)) {
    if (Date.now() > until) throw new Error(`${path} did not appear`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
