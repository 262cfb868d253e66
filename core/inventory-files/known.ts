import type { RegionCode } from '../domain/region.ts';
import type { Sql } from '../stores/inventory/sql.ts';
import type { FileTable } from './read-inventory-file.ts';
import { rowsByCode, type StoredRow } from './stored-rows.ts';
import { codesOf, INVENTORY_TABLES, type TableName } from './tables.ts';

/** What the store holds of what a file names. */
export type Known = Readonly<Record<TableName, ReadonlyMap<string, StoredRow>>> & {
  readonly regions: ReadonlySet<RegionCode>;
  readonly credentials: ReadonlySet<string>;
  /** Every device that depends on others, by code: rings may close through devices that the file does not name. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
};

const KEPT_BY: Partial<Record<string, TableName>> = { site: 'sites', device: 'devices' };

/** Codes that the file names, in its rows and as what they refer to; with and without the spaces around them. */
function namedCodes(tables: readonly FileTable[], wanted: TableName | 'region'): string[] {
  const named = new Set<string>();
  for (const { table, rows } of tables) {
    const columns = INVENTORY_TABLES[table].columns.filter(
      ({ name, names = '' }) => names === wanted || KEPT_BY[names] === wanted || (name === 'code' && table === wanted),
    );
    for (const { values } of rows) {
      for (const { name } of columns) {
        for (const code of codesOf(values[name])) named.add(code).add(code.trim());
      }
    }
  }
  return [...named];
}

export async function readKnown(sql: Sql, tables: readonly FileTable[]): Promise<Known> {
  const regionCodes = namedCodes(tables, 'region');
  const regions = await sql.query<{ code: string }>('SELECT code FROM region WHERE code = ANY($1)', [regionCodes]);
  const hasDevices = tables.some(({ table }) => table === 'devices');
  const credentials = hasDevices ? await sql.query<{ name: string }>('SELECT name FROM credential') : [];
  const dependencies = hasDevices
    ? await sql.query<{ child: string; parents: string[] }>(
        `SELECT child.code AS child, array_agg(parent.code) AS parents FROM dependency x
           JOIN device child ON child.id = x.child_id JOIN device parent ON parent.id = x.parent_id GROUP BY child.code`,
      )
    : [];
  return {
    regions: new Set(regions.map(({ code }) => code)),
    credentials: new Set(credentials.map(({ name }) => name)),
    parents: new Map(dependencies.map(({ child, parents }) => [child, parents])),
    sites: await rowsByCode(sql, 'sites', namedCodes(tables, 'sites')),
    devices: await rowsByCode(sql, 'devices', namedCodes(tables, 'devices')),
    links: await rowsByCode(sql, 'links', namedCodes(tables, 'links')),
  };
}
