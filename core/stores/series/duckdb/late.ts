import { BIGINT, BOOLEAN, DOUBLE, type DuckDBConnection, INTEGER } from '@duckdb/node-api';
import type { Catalogue } from './catalogue.ts';
import { rows } from './engine.ts';
import type { Partition, Partitions } from './partitions.ts';
import { RawWriters } from './raw-writers.ts';
import { TableWriter } from './table-writer.ts';

type Neighbour = { readonly at: number; readonly value: number };
export type Stored = { readonly id: number; readonly at: number; readonly value: number };
/** A row as it shall stand; `before` is the counter's neighbour, if it has one. */
type Patch = Stored & { readonly before: Neighbour | null };

async function stage(connection: DuckDBConnection, catalogue: Catalogue, samples: readonly Stored[]): Promise<void> {
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE late (series INTEGER, at_ms BIGINT, value DOUBLE, counter BOOLEAN)',
  );
  const writer = await TableWriter.open(connection, 'late', [INTEGER, BIGINT, DOUBLE, BOOLEAN], 'temp');
  for (const { id, at, value } of samples) {
    writer.row(id, BigInt(at), value, isCounter(catalogue, id));
  }
  writer.close();
}

function span(samples: readonly Stored[]): { readonly lo: number; readonly hi: number } {
  let lo = Infinity;
  let hi = -Infinity;
  for (const { at } of samples) {
    lo = Math.min(lo, at);
    hi = Math.max(hi, at);
  }
  return { lo, hi };
}

/** Takes the rows of the staged keys out of the raw partitions. */
async function removeStaged(connection: DuckDBConnection, partitions: Partitions, samples: readonly Stored[]) {
  const { lo, hi } = span(samples);
  for (const { table } of partitions.within('raw', lo, hi + 1)) {
    await connection.run(
      `DELETE FROM ${table} USING late WHERE ${table}.at_ms BETWEEN ${lo} AND ${hi} ` +
        `AND ${table}.series = late.series AND ${table}.at_ms = late.at_ms`,
    );
  }
}

const isCounter = (catalogue: Catalogue, id: number): boolean => catalogue.isCounter(catalogue.byId(id));

const keyOf = (id: number, at: number): string => `${id}:${at}`;

/** The stored neighbour of each staged counter sample, walking from table to table until every one is found. */
async function neighbours(
  connection: DuckDBConnection,
  tables: readonly Partition[],
  side: 'before' | 'after',
  wanted: number,
): Promise<Map<string, Neighbour>> {
  const found = new Map<string, Neighbour>();
  for (const { table } of tables) {
    if (found.size >= wanted) break;
    const near = await rows(
      connection,
      'SELECT l.series, l.at_ms::DOUBLE, r.at_ms::DOUBLE, r.value FROM (SELECT * FROM late WHERE counter) l ' +
        `ASOF JOIN (SELECT series, at_ms, value FROM ${table} WHERE series IN (SELECT series FROM late WHERE counter)) r ` +
        `ON r.series = l.series AND r.at_ms ${side === 'before' ? '<' : '>'} l.at_ms`,
    );
    for (const [id, lateAt, at, value] of near) {
      const key = keyOf(Number(id), Number(lateAt));
      if (!found.has(key)) found.set(key, { at: Number(at), value: Number(value) });
    }
  }
  return found;
}

/** What must stand for late counter samples, and for those whose neighbour before is now another one. */
function patchesOf(
  late: readonly Stored[],
  before: ReadonlyMap<string, Neighbour>,
  after: ReadonlyMap<string, Neighbour>,
): readonly Patch[] {
  const patches: Patch[] = [];
  late.forEach((sample, index) => {
    const key = keyOf(sample.id, sample.at);
    const lateBefore = late[index - 1]?.id === sample.id ? late[index - 1] : undefined;
    const storedBefore = before.get(key);
    const near =
      storedBefore !== undefined && (lateBefore === undefined || storedBefore.at > lateBefore.at)
        ? storedBefore
        : lateBefore;
    patches.push({ ...sample, before: near ?? null });

    const next = after.get(key);
    const lateAfter = late[index + 1]?.id === sample.id ? late[index + 1] : undefined;
    if (next !== undefined && (lateAfter === undefined || lateAfter.at > next.at)) {
      patches.push({ id: sample.id, ...next, before: sample });
    }
  });
  return patches;
}

/**
 * Stores samples that are not newer than what their series already has: they take the place of those of the same
 * moment, and mend the growth of the counter sample that follows.
 * @param samples one for each series and moment
 * @returns every row that was written, the mended ones included
 */
export async function storeLate(
  connection: DuckDBConnection,
  { partitions, catalogue }: { readonly partitions: Partitions; readonly catalogue: Catalogue },
  samples: readonly Stored[],
): Promise<readonly Stored[]> {
  const late = samples.toSorted((a, b) => a.id - b.id || a.at - b.at);
  await stage(connection, catalogue, late);
  await removeStaged(connection, partitions, late);

  const counters = late.filter(({ id }) => isCounter(catalogue, id));
  const patches: Patch[] = late
    .filter(({ id }) => !isCounter(catalogue, id))
    .map((each) => ({ ...each, before: null }));
  if (counters.length > 0) {
    const { lo, hi } = span(counters);
    const earlier = [...partitions.within('raw', 0, hi + 1)].reverse();
    const later = partitions.within('raw', lo, Infinity);
    patches.push(
      ...patchesOf(
        counters,
        await neighbours(connection, earlier, 'before', counters.length),
        await neighbours(connection, later, 'after', counters.length),
      ),
    );
    await stage(connection, catalogue, patches);
    await removeStaged(connection, partitions, patches);
  }

  const writers = new RawWriters(connection, partitions);
  for (const { id, at, value, before } of patches) {
    if (writers.of(at) === undefined) await writers.open(at);
    writers.of(at)?.row(id, at, value, before?.at ?? -1, before?.value ?? 0);
  }
  writers.close();
  return patches;
}
