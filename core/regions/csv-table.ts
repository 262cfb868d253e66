import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { Fault } from '../domain/errors.ts';

export type CsvRow = {
  /** Line on which the row ends; the header is line 1. */
  readonly line: number;
  /** By column name, spaces around taken off; a column that is not there is undefined. */
  readonly values: Readonly<Record<string, string | undefined>>;
};

export type CsvTable = { readonly columns: readonly string[]; readonly rows: readonly CsvRow[] };

type Limits = { readonly maxRows: number };

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/** The delimiter that the header uses: Excel in Indonesia writes semicolons. */
const delimiterOf = (text: string): string => {
  const header = text.slice(0, 10_000).split(/\r?\n/, 1)[0] ?? '';
  const count = (sign: string): number => header.split(sign).length;
  return [';', '\t'].find((sign) => count(sign) > count(',')) ?? ',';
};

/**
 * Reads CSV with one header line: UTF-8 with or without BOM, any line end, comma, semicolon or tab.
 * Rows of another length than the header are faults; empty lines are passed over.
 */
export function readCsv(bytes: Uint8Array, { maxRows }: Limits): CsvTable | { readonly faults: readonly Fault[] } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { faults: [{ reason: 'it is not UTF-8 text' }] };
  }
  if (text.includes('\0')) return { faults: [{ reason: 'it is not text: it holds a zero byte' }] };
  let records: readonly Parsed[];
  try {
    records = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 1_000_000,
      to: maxRows + 2,
    }) as unknown as readonly Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : undefined;
    return { faults: [{ ...(line === undefined ? {} : { line }), reason: csvReason(error) }] };
  }
  const [header, ...body] = records;
  if (header === undefined) return { faults: [{ line: 1, reason: 'it has no header line' }] };
  if (body.length > maxRows) return { faults: [{ reason: `it has more than ${maxRows} rows` }] };
  return toTable(header.record, body);
}

const csvReason = (error: CsvError): string =>
  ({
    CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
    CSV_INVALID_CLOSING_QUOTE: 'a quote is closed in the middle of a field',
    INVALID_OPENING_QUOTE: 'a quote is opened in the middle of a field',
    CSV_MAX_RECORD_SIZE: 'a row is too long',
  })[error.code as string] ?? 'it is not CSV';

function toTable(header: readonly string[], body: readonly Parsed[]): CsvTable | { readonly faults: readonly Fault[] } {
  const columns = header.map((name) => name.toLowerCase());
  const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index);
  if (twice !== undefined) return { faults: [{ line: 1, field: twice, reason: 'the column is there twice' }] };
  const faults: Fault[] = [];
  const rows: CsvRow[] = [];
  for (const { record, info } of body) {
    if (record.length === columns.length) {
      // Without a prototype: a column may be called `constructor`.
      const values: Record<string, string> = Object.assign(
        Object.create(null),
        Object.fromEntries(columns.map((name, index) => [name, record[index] ?? ''])),
      );
      rows.push({ line: info.lines, values });
    } else if (record.some((value) => value !== '')) {
      faults.push({
        line: info.lines,
        reason: `it has ${record.length} fields where the header has ${columns.length}`,
      });
    }
  }
  return faults.length > 0 ? { faults } : { columns, rows };
}
