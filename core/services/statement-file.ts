import { PDF_TYPE, type Statement } from '../contract/statements.ts';
import { partyName } from '../statements/figures.ts';
import { linksCsv, outagesCsv } from '../statements/statement-csv.ts';
import { statementPdf } from '../statements/statement-pdf.ts';
import { STATEMENT_WORDS, type StatementLanguage } from '../statements/words.ts';
import type { ExportedFile } from './export-inventory.ts';

export type StatementFileOptions = {
  readonly format: 'pdf' | 'csv';
  /** Of a CSV, which holds one table. */
  readonly table?: 'links' | 'outages' | undefined;
  readonly language?: StatementLanguage | undefined;
};

/** A statement as a file: the same statement gives the same bytes. */
export async function statementFile(
  statement: Statement,
  { format, table = 'links', language = 'id' }: StatementFileOptions,
): Promise<ExportedFile> {
  const words = STATEMENT_WORDS[language];
  const party = partyName(statement)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  const what = [statement.month, party, ...(format === 'csv' ? [table] : [])].filter((part) => part !== '');
  const fileName = `${what.join('-')}.${format}`;
  if (format === 'pdf') return { fileName, contentType: PDF_TYPE, bytes: await statementPdf(statement, words) };
  const bytes = table === 'links' ? linksCsv(statement, words) : outagesCsv(statement, words);
  return { fileName, contentType: 'text/csv; charset=utf-8', bytes };
}
