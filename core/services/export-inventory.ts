import { CSV_TYPE, XLSX_TYPE } from '../contract/inventory-files.ts';
import type { RegionCode } from '../domain/region.ts';
import { rowsOfRegion } from '../inventory-files/stored-rows.ts';
import { INVENTORY_TABLES, TABLES, type TableName } from '../inventory-files/tables.ts';
import { csvBytes } from '../inventory-files/write-csv.ts';
import { xlsxBytes } from '../inventory-files/write-xlsx.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';

export type ExportOptions = {
  readonly format: 'csv' | 'xlsx';
  /** Absent: sites in a CSV, which holds one table; all of them in an XLSX. */
  readonly table?: TableName | undefined;
  /** Only what stands in it, and of links those that come from it. Empty or absent = everywhere; null = nothing. */
  readonly region?: RegionCode | '' | null | undefined;
};

export type ExportedFile = {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Buffer;
};

/** Sites, devices and links as a file that, imported, changes nothing. */
export async function exportInventory(
  { sql, clock }: Pick<Inventory, 'sql' | 'clock'>,
  { format, table, region = '' }: ExportOptions,
): Promise<ExportedFile> {
  const names = format === 'csv' ? [table ?? 'sites'] : table === undefined ? TABLES : [table];
  const tables = await sql.transaction(async (inner) => {
    await inner.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const read = [];
    for (const name of names) {
      const rows = region === null ? [] : await rowsOfRegion(inner, name, region);
      read.push({ table: INVENTORY_TABLES[name], rows });
    }
    return read;
  });
  const madeAt = new Date(clock());
  const what = [names.length === 1 ? names[0] : 'inventory', region, madeAt.toISOString().slice(0, 10)];
  const fileName = `${what.filter((part) => part !== null && part !== '').join('-')}.${format}`;
  const [first] = tables;
  return format === 'csv' && first !== undefined
    ? { fileName, contentType: `${CSV_TYPE}; charset=utf-8`, bytes: csvBytes(first.table, first.rows) }
    : { fileName, contentType: XLSX_TYPE, bytes: await xlsxBytes(tables, madeAt) };
}
