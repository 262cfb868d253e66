import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../../../core/log/log.ts';
import { type EmbeddedStore, openEmbedded } from '../../../../core/stores/inventory/embedded.ts';

let dataDir: string;
let store: EmbeddedStore;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'simpul-thread-'));
  store = await openEmbedded(dataDir, { log: silentLog, durable: false });
}, 300_000);
afterAll(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function connect(): Promise<Client> {
  const client = new Client({ stream: () => store.connect(), user: 'postgres', database: 'postgres', ssl: false });
  client.on('error', () => {});
  await client.connect();
  return client;
}

test('a client that vanishes in the middle of a transaction holds up nobody and leaves nothing', async () => {
  const [vanishing, other] = [await connect(), await connect()];
  await vanishing.query('CREATE TABLE t (a int)');
  await vanishing.query('BEGIN');
  await vanishing.query('INSERT INTO t VALUES (1)');
  const waiting = other.query('SELECT count(*)::int AS count FROM t');

  (vanishing as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();

  expect((await waiting).rows).toEqual([{ count: 0 }]);
  await other.end();
});

test('an error in a transaction leaves it to its client to roll back, and others wait for that', async () => {
  const [failing, other] = [await connect(), await connect()];
  await failing.query('BEGIN');
  await expect(failing.query('SELECT 1 / 0')).rejects.toThrow('division by zero');
  const waiting = other.query('SELECT 1 AS one');
  await expect(failing.query('SELECT 1')).rejects.toThrow('current transaction is aborted');

  await failing.query('ROLLBACK');

  expect((await waiting).rows).toEqual([{ one: 1 }]);
  await Promise.all([failing.end(), other.end()]);
});

test('an answer of many megabytes and a question as big go through', async () => {
  const client = await connect();
  const text = 'x'.repeat(12_000_000);

  const { rows } = await client.query('SELECT $1::text AS text', [text]);

  expect(rows[0].text === text).toBe(true);
  await client.end();
});

test('the main thread goes on while a query runs', async () => {
  const client = await connect();
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 5);

  await client.query('SELECT count(*) FROM generate_series(1, 3000000)');

  clearInterval(timer);
  expect(turns).toBeGreaterThan(3);
  await client.end();
});
