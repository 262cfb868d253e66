import { BIGINT, type DuckDBConnection, INTEGER } from '@duckdb/node-api';
import { isStorable } from '../check.ts';
import { alignDown, WIDTH_MS } from '../resolution.ts';
import type { SampleColumns } from '../sample-columns.ts';
import type { SeriesHandle } from '../series-names.ts';
import { type Stored, storeLate } from './late.ts';
import { RawWriters } from './raw-writers.ts';
import type { Session } from './session.ts';
import { TableWriter } from './table-writer.ts';

export type Appended = {
  readonly stored: number;
  /** Not numbers, or no moments. */
  readonly unusable: number;
  /** Older than what retention has deleted. */
  readonly expired: number;
};

type Moment = { readonly id: number; readonly at: number };

/**
 * Stores samples within an open transaction. What is newer than all that its series has is written straight away,
 * the rest takes the slower way of `storeLate`, so that a series never holds two samples of one moment.
 */
export async function storeSamples(
  connection: DuckDBConnection,
  session: Session,
  batch: readonly SampleColumns[],
): Promise<Appended> {
  const { catalogue, partitions, ledger } = session;
  const expiredTo = ledger.expiredTo.raw;
  let stored = 0;
  let unusable = 0;
  let expired = 0;
  const silent: SeriesHandle[] = [];
  // What runs for each sample stands in functions of its own: what outlives an `await` costs room for each number.
  const admit = ({ length, series, at: ats, value: values }: SampleColumns): void => {
    for (let row = 0; row < length; row++) {
      const at = ats[row] ?? Number.NaN;
      if (!isStorable(at, values[row] ?? Number.NaN)) unusable++;
      else if (at < expiredTo) expired++;
      else {
        stored++;
        const handle = series[row] ?? -1;
        catalogue.admit(handle);
        if (catalogue.lacksTip(handle)) silent.push(handle);
      }
    }
  };
  batch.forEach(admit);
  await catalogue.save(connection);
  await catalogue.ensureTips(connection, partitions, silent);

  const late = new Map<string, Stored>();
  const rolledTo = ledger.rolledTo['1m'];
  const touched: Moment[] = [];
  const writers = new RawWriters(connection, partitions);
  /** Writes from a row on. @returns the row whose span of time has no writer yet; -1 when all are written */
  const writeFrom = ({ length, series, at: ats, value: values }: SampleColumns, first: number): number => {
    let heldSince = ledger.since.raw;
    for (let row = first; row < length; row++) {
      const at = ats[row] ?? Number.NaN;
      const value = values[row] ?? Number.NaN;
      if (!isStorable(at, value) || at < expiredTo) continue;
      const handle = series[row] ?? -1;
      const id = catalogue.idOf(handle);
      const tipAt = catalogue.tipAt(handle);
      if (at <= tipAt) {
        late.set(`${id}:${at}`, { id, at, value });
        continue;
      }
      const writer = writers.of(at);
      if (writer === undefined) return row;
      writer.row(id, at, value, catalogue.isCounter(handle) ? tipAt : -1, catalogue.tipValue(handle));
      catalogue.setTip(handle, at, value);
      if (at < heldSince) {
        ledger.noteHeld('raw', at);
        heldSince = ledger.since.raw;
      }
      if (at < rolledTo) touched.push({ id, at });
    }
    return -1;
  };
  for (const columns of batch) {
    for (let row = writeFrom(columns, 0); row >= 0; row = writeFrom(columns, row))
      await writers.open(columns.at[row] ?? 0);
  }
  writers.close();

  if (late.size > 0) {
    for (const { id, at, value } of await storeLate(connection, session, [...late.values()])) {
      const handle = catalogue.byId(id);
      if (catalogue.tipAt(handle) === at) catalogue.setTip(handle, at, value);
      ledger.noteHeld('raw', at);
      if (at < rolledTo) touched.push({ id, at });
    }
  }
  await markTouched(connection, touched);
  return { stored, unusable, expired };
}

/** Notes which minutes that are rolled up already must be rolled up again. */
async function markTouched(connection: DuckDBConnection, touched: readonly Moment[]): Promise<void> {
  if (touched.length === 0) return;
  const writer = await TableWriter.open(connection, 'touched_m1', [INTEGER, BIGINT]);
  for (const { id, at } of touched) writer.row(id, BigInt(alignDown(at, WIDTH_MS['1m'])));
  writer.close();
}
