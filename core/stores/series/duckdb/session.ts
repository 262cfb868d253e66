import type { SeriesNames } from '../series-names.ts';
import { Catalogue } from './catalogue.ts';
import { Engine, type EngineOptions } from './engine.ts';
import { Ledger } from './ledger.ts';
import { Partitions } from './partitions.ts';

const SCHEMA = [
  'CREATE TABLE IF NOT EXISTS series (id INTEGER, device VARCHAR, metric VARCHAR, instance VARCHAR, kind VARCHAR)',
  'CREATE TABLE IF NOT EXISTS ledger (name VARCHAR, resolution VARCHAR, at_ms BIGINT)',
  'CREATE TABLE IF NOT EXISTS touched_m1 (series INTEGER, at_ms BIGINT)',
  'CREATE TABLE IF NOT EXISTS touched_h1 (series INTEGER, at_ms BIGINT)',
  'CREATE TABLE IF NOT EXISTS touched_d1 (series INTEGER, at_ms BIGINT)',
];

/** An open file and what is known of it in memory. Thrown away whole when the engine fails, and opened anew. */
export type Session = {
  readonly engine: Engine;
  readonly partitions: Partitions;
  readonly ledger: Ledger;
  readonly catalogue: Catalogue;
  readonly names: SeriesNames;
};

/**
 * @param names outlive the session
 * @param now sets off, in a new file, what is history from what is fresh
 */
export async function openSession(options: EngineOptions, names: SeriesNames, now: number): Promise<Session> {
  const engine = await Engine.open(options);
  try {
    return await engine.write(async (connection) => {
      for (const statement of SCHEMA) await connection.run(statement);
      const partitions = await Partitions.load(connection, now);
      engine.whenEnded((isThrough) => partitions.transactionEnded(isThrough));
      const ledger = await Ledger.load(connection, partitions);
      const catalogue = await Catalogue.load(connection, partitions, names);
      return { engine, partitions, ledger, catalogue, names };
    });
  } catch (error) {
    await engine.close();
    throw error;
  }
}
