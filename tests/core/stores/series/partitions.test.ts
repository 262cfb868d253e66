import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY } from '../../../../core/domain/clock.ts';
import { openSession, type Session } from '../../../../core/stores/series/duckdb/session.ts';
import { SeriesNames } from '../../../../core/stores/series/series-names.ts';

const NOW = Date.UTC(2026, 10, 22);

let dir: string;
let session: Session;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'simpul-partitions-'));
  session = await openSession({ path: join(dir, 'series'), memoryMb: 256, threads: 1 }, new SeriesNames(), NOW);
});
afterEach(async () => {
  await session.engine.close();
  await rm(dir, { recursive: true, force: true });
});

/** As a chart asks beside the writer. */
const countRead = () => {
  const { engine, partitions } = session;
  return engine.read(() => {
    const tables = partitions.readable('1d', 0, NOW).map(({ table }) => `(SELECT count(*) FROM ${table})`);
    return `SELECT (${[0, ...tables].join(' + ')})::DOUBLE`;
  });
};

test('who reads while a table is being made does not name it, and does once it is there', async () => {
  const { engine, partitions } = session;
  const place = partitions.at('1d', NOW - 40 * DAY);

  const meanwhile = await engine.write(async (connection) => {
    await partitions.ensure(connection, place);
    await connection.run(`INSERT INTO ${place.table} VALUES (1, ${place.from}, 1, 1, 1, 1, 1, 0, 0)`);
    return await countRead();
  });

  expect(meanwhile).toEqual([[0]]);
  expect(await countRead()).toEqual([[1]]);
});

test('a table whose transaction was undone is made again by the next', async () => {
  const { engine, partitions } = session;
  const place = partitions.at('1d', NOW - 40 * DAY);
  const undone = engine.write(async (connection) => {
    await partitions.ensure(connection, place);
    throw new Error('power cut');
  });
  await expect(undone).rejects.toThrow('power cut');
  expect(partitions.has(place)).toBe(false);

  await engine.write((connection) => partitions.ensure(connection, place));

  expect(await countRead()).toEqual([[0]]);
});
