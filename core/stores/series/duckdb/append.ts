import { BIGINT, type DuckDBConnection, INTEGER } from '@duckdb/node-api';
import type { Sample } from '../../../domain/sample.ts';
import { isStorable } from '../check.ts';
import { alignDown, WIDTH_MS } from '../resolution.ts';
import { type Known, lacksTip } from './catalogue.ts';
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
  samples: readonly Sample[],
): Promise<Appended> {
  const { catalogue, partitions, ledger } = session;
  let unusable = 0;
  let expired = 0;
  const series: (Known | null)[] = [];
  const silent: Known[] = [];
  for (const sample of samples) {
    const isUsable = isStorable(sample);
    if (!isUsable) unusable += 1;
    else if (sample.at < ledger.expiredTo.raw) expired += 1;
    const known = isUsable && sample.at >= ledger.expiredTo.raw ? catalogue.of(sample) : null;
    if (known !== null && lacksTip(known)) silent.push(known);
    series.push(known);
  }
  await catalogue.save(connection);
  await catalogue.ensureTips(connection, partitions, silent);

  const late = new Map<string, Stored>();
  const rolledTo = ledger.rolledTo['1m'];
  const touched: Moment[] = [];
  const writers = new RawWriters(connection, partitions);
  for (const [index, { at, value, kind }] of samples.entries()) {
    const known = series[index] ?? null;
    if (known === null) continue;
    const { id, tipAt } = known;
    if (at <= tipAt) {
      late.set(`${id}:${at}`, { id, at, value });
      continue;
    }
    const before = kind === 'counter' && tipAt >= 0 ? { at: tipAt, value: known.tipValue } : null;
    // Only a new span of time makes this wait: for each sample it would take as long as all the rest.
    const writer = writers.of(at) ?? (await writers.open(at));
    writer.row(id, at, value, before);
    known.tipAt = at;
    known.tipValue = value;
    if (at < ledger.since.raw) ledger.noteHeld('raw', at);
    if (at < rolledTo) touched.push({ id, at });
  }
  writers.close();

  if (late.size > 0) {
    for (const { id, at, value } of await storeLate(connection, session, [...late.values()])) {
      const known = catalogue.byId(id);
      if (known?.tipAt === at) known.tipValue = value;
      ledger.noteHeld('raw', at);
      if (at < rolledTo) touched.push({ id, at });
    }
  }
  await markTouched(connection, touched);
  return { stored: samples.length - unusable - expired, unusable, expired };
}

/** Notes which minutes that are rolled up already must be rolled up again. */
async function markTouched(connection: DuckDBConnection, touched: readonly Moment[]): Promise<void> {
  if (touched.length === 0) return;
  const writer = await TableWriter.open(connection, 'touched_m1', [INTEGER, BIGINT]);
  for (const { id, at } of touched) writer.row(id, BigInt(alignDown(at, WIDTH_MS['1m'])));
  writer.close();
}
