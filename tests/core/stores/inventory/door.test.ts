import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../../../core/log/log.ts';
import { openInventory } from '../../../../core/stores/inventory/open.ts';

let dataDir: string;
const open = (options: { joinRunning?: boolean } = {}) =>
  openInventory(
    { dataDir, databaseUrl: null, secretKey: null },
    { log: silentLog, clock: Date.now, durable: false, ...options },
  );

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'simpul-door-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

test('a command works on the store that a running process holds, in transactions of its own', async () => {
  const running = await open();
  const command = await open({ joinRunning: true });

  await Promise.all([
    command.sql.transaction(async (inner) => {
      for (let n = 0; n < 20; n += 1) {
        await inner.query(`INSERT INTO setting (key, value) VALUES ($1, 'true')`, [`command-${n}`]);
      }
    }),
    ...Array.from({ length: 20 }, (_, n) => running.settings.set(`running-${n}`, n)),
  ]);
  const undone = command.sql.transaction(async (inner) => {
    await inner.query(`INSERT INTO setting (key, value) VALUES ('undone', 'true')`);
    throw new Error('no');
  });

  await expect(undone).rejects.toThrow('no');
  expect(await running.settings.get('command-19')).toBe(true);
  expect(await command.settings.get('running-19')).toBe(19);
  expect(await running.settings.get('undone')).toBeUndefined();
  await command.close();
  await running.close();
});

test('the running process can stop while a command is connected, and the door is for its user alone', async () => {
  const running = await open();
  const command = await open({ joinRunning: true });
  const { mode } = await stat(join(dataDir, 'door'));

  await running.close();

  expect(mode & 0o077).toBe(0);
  await expect(command.settings.get('x')).rejects.toMatchObject({ code: 'store-unavailable' });
  await command.close();
  const again = await open();
  await again.close();
});
