import { AppError } from '../../domain/errors.ts';
import type { Sheet } from '../sheet.ts';
import { readNumberFormats } from './number-formats.ts';
import { sheetRows, type Workbook } from './sheet-rows.ts';
import { stringText } from './string-text.ts';
import { readWholeXml } from './xml.ts';
import { broken, readZip, type ZipEntry } from './zip.ts';

const MOST_SHEETS = 100;
const MOST_STRINGS = 2_000_000;

/**
 * The sheets of an XLSX (ECMA-376) that a person sees, in order. Read as a stream and not into a model of the whole
 * workbook, which for a file within the bounds would take gigabytes.
 * @throws AppError `bad-input`, `too-large`
 */
export async function readXlsx(bytes: Uint8Array): Promise<readonly Sheet[]> {
  const parts = readZip(bytes);
  const book = parts.get('xl/workbook.xml');
  const relations = parts.get('xl/_rels/workbook.xml.rels');
  if (book === undefined || relations === undefined)
    throw new AppError('bad-input', 'the file is a zip, but no XLSX: save the workbook as .xlsx or CSV');
  const { sheets, isFrom1904 } = await readBook(book);
  if (sheets.length > MOST_SHEETS) throw new AppError('too-large', 'the XLSX has too many sheets');
  const targets = await readRelations(relations);
  const byType = (type: string): ZipEntry | undefined =>
    parts.get([...targets.values()].find((target) => target.type.endsWith(`/${type}`))?.path ?? '');
  const strings = byType('sharedStrings');
  const styles = byType('styles');
  const workbook: Workbook = {
    strings: strings === undefined ? [] : await readStrings(strings),
    meanings: styles === undefined ? [] : await readNumberFormats(styles),
    isFrom1904,
  };
  return sheets.flatMap(({ name, relation, isHidden }) => {
    const target = targets.get(relation);
    if (isHidden || target?.type.endsWith('/worksheet') === false) return [];
    const entry = parts.get(target?.path ?? '');
    if (entry === undefined) throw broken(`the sheet ${name} is missing`);
    return [{ name, hasDecimalComma: false, isRectangular: false, rows: () => sheetRows(entry, workbook) }];
  });
}

type BookSheet = { readonly name: string; readonly relation: string; readonly isHidden: boolean };

async function readBook(entry: ZipEntry) {
  const sheets: BookSheet[] = [];
  let isFrom1904 = false;
  await readWholeXml(entry, {
    open({ name, attributes }) {
      if (name === 'workbookPr') isFrom1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      const isHidden = (attributes['state'] ?? 'visible') !== 'visible';
      sheets.push({ name: (attributes['name'] ?? '').slice(0, 60), relation, isHidden });
    },
  });
  return { sheets, isFrom1904 };
}

type Target = { readonly type: string; readonly path: string };

async function readRelations(entry: ZipEntry): Promise<ReadonlyMap<string, Target>> {
  const targets = new Map<string, Target>();
  await readWholeXml(entry, {
    open({ name, attributes }) {
      if (name !== 'Relationship') return;
      const { Id: id = '', Type: type = '', Target: target = '' } = attributes;
      targets.set(id, { type, path: target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}` });
    },
  });
  return targets;
}

async function readStrings(entry: ZipEntry): Promise<readonly string[]> {
  const strings: string[] = [];
  const text = stringText();
  await readWholeXml(entry, {
    open({ name }) {
      if (name === 'si') text.begin();
      text.open(name);
    },
    text: text.add,
    close(name) {
      text.close(name);
      if (name !== 'si') return;
      if (strings.length === MOST_STRINGS) throw new AppError('too-large', 'the XLSX holds too many texts');
      strings.push(text.end());
    },
  });
  return strings;
}
