import { BIGINT, DOUBLE, type DuckDBConnection, INTEGER } from '@duckdb/node-api';
import { type RolledResolution, WIDTH_MS } from '../resolution.ts';
import type { RollUp } from '../series-store.ts';
import { replaceBuckets, rollUpBefore, touchCoarser } from './roll-up.ts';
import type { Session } from './session.ts';
import { TableWriter } from './table-writer.ts';

const TYPES = [INTEGER, BIGINT, INTEGER, DOUBLE, DOUBLE, DOUBLE, DOUBLE, DOUBLE, DOUBLE];

/** Stores buckets as given, in the place of those that stand, and counts the resolution as rolled up to their end. */
export async function layDown(
  session: Session,
  resolution: RolledResolution,
  rollUps: readonly RollUp[],
): Promise<void> {
  const { engine, ledger } = session;
  let end = -Infinity;
  for (const { at } of rollUps) end = Math.max(end, at + WIDTH_MS[resolution]);
  // Samples in the span that counts as rolled up from now on must be rolled up first.
  if (ledger.rolledTo[resolution] < end) await rollUpBefore(session, resolution, end);
  await engine.write(async (connection) => {
    await stage(connection, session, rollUps);
    await replaceBuckets(connection, session, resolution, { keepFuller: false });
    await touchCoarser(connection, session, resolution, 'mended');
    if (ledger.rolledTo[resolution] < end) await ledger.setRolledTo(connection, resolution, end);
  });
}

/** Writes the buckets to the temporary table `mended`; of two of the same key and time, the last one. */
async function stage(
  connection: DuckDBConnection,
  { catalogue, names }: Session,
  rollUps: readonly RollUp[],
): Promise<void> {
  const byKey = new Map<string, { readonly id: number; readonly rollUp: RollUp }>();
  for (const rollUp of rollUps) {
    const { deviceId, metric, instance, kind } = rollUp;
    const id = catalogue.admit(names.of(deviceId, metric, instance, kind));
    byKey.set(`${id}:${rollUp.at}`, { id, rollUp });
  }
  await catalogue.save(connection);
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE mended (series INTEGER, at_ms BIGINT, count INTEGER, min DOUBLE, max DOUBLE, ' +
      'sum DOUBLE, last DOUBLE, increase DOUBLE, span_ms DOUBLE)',
  );
  const writer = await TableWriter.open(connection, 'mended', TYPES, 'temp');
  for (const { id, rollUp } of byKey.values()) {
    const { at, count, min, max, sum, last, increase, spanMs, kind } = rollUp;
    const isOne = count === 1 && min === last && max === last && sum === last;
    const isCounter = kind === 'counter';
    writer.row(
      id,
      BigInt(at),
      count,
      isOne ? null : min,
      isOne ? null : max,
      isOne ? null : sum,
      last,
      isCounter ? increase : 0,
      isCounter ? spanMs : 0,
    );
  }
  writer.close();
}
