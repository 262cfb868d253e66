import { stringify } from 'csv-stringify/sync';
import { CSV_TYPE, XLSX_TYPE } from '../contract/inventory-files.ts';
import type { ListName } from '../contract/list-files.ts';
import { type Clock, HOUR } from '../domain/clock.ts';
import { guarded } from '../inventory-files/guarded-text.ts';
import type { ListColumn, ListLanguage, Say } from '../inventory-files/list-columns.ts';
import { sheetBytes } from '../inventory-files/write-xlsx.ts';
import type { ExportedFile } from './export-inventory.ts';

const BYTE_ORDER_MARK = '\uFEFF';

export type ListFileOptions = {
  readonly list: ListName;
  readonly format: 'csv' | 'xlsx';
  readonly language: ListLanguage;
  /** Of the province, ms ahead of UTC. */
  readonly zoneOffsetMs: number;
  readonly clock: Clock;
};

/** Rows of a list as a file for people: words for heads and states, moments in the province's zone. */
export async function listFile<Row>(
  rows: readonly Row[],
  columns: readonly ListColumn<Row>[],
  { list, format, language, zoneOffsetMs, clock }: ListFileOptions,
): Promise<ExportedFile> {
  const zone = zoneOffsetMs / HOUR;
  const said = (at: number): string => new Date(at + zoneOffsetMs).toISOString().slice(0, 16).replace('T', ' ');
  const say: Say = { language, moment: (at) => (at === null ? null : said(at).replace(':', '.')) };
  const heads = columns.map(({ head, type }) =>
    type === 'moment' ? `${head[language]} (UTC+${zone})` : head[language],
  );
  const cells = rows.map((row) => columns.map(({ value }) => value(row, say)));
  const day = said(clock()).slice(0, 10);
  const fileName = `${list}-${day}.${format}`;
  if (format === 'xlsx') {
    const widths = columns.map(({ type }) => (type === 'number' ? 12 : 24));
    return {
      fileName,
      contentType: XLSX_TYPE,
      bytes: await sheetBytes({ name: list, heads, widths, rows: cells }, new Date(clock())),
    };
  }
  const records = cells.map((row) =>
    row.map((cell) => (cell === null ? '' : typeof cell === 'string' ? guarded(cell) : String(cell))),
  );
  const bytes = Buffer.from(
    BYTE_ORDER_MARK + stringify([heads, ...records], { record_delimiter: 'windows', quoted_match: /[\r\n]|^\s|\s$/ }),
  );
  return { fileName, contentType: `${CSV_TYPE}; charset=utf-8`, bytes };
}
