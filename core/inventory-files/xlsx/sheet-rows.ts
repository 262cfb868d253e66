import { AppError } from '../../domain/errors.ts';
import { FILE_LIMITS } from '../limits.ts';
import { type Cell, isEmptyCell, type SheetRow } from '../sheet.ts';
import { dateOfSerial, type NumberMeaning } from './number-formats.ts';
import { appended, cellText, stringText } from './string-text.ts';
import { readXml, type XmlReader } from './xml.ts';
import { broken, type ZipEntry } from './zip.ts';

/** What the cells of all sheets refer to. */
export type Workbook = {
  readonly strings: readonly string[];
  readonly meanings: readonly NumberMeaning[];
  readonly isFrom1904: boolean;
};

/** Place of a cell such as `AB12`, its column counted from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

const ROW = /^\d{1,7}$/;

/** Rows of a worksheet that hold anything. Where a formula stands, its last result is read. */
export async function* sheetRows(entry: ZipEntry, workbook: Workbook): AsyncGenerator<SheetRow> {
  const done: SheetRow[] = [];
  for await (const _ of readXml(
    entry,
    sheetReader(workbook, (row) => done.push(row)),
  )) {
    yield* done;
    done.length = 0;
  }
}

function sheetReader(workbook: Workbook, push: (row: SheetRow) => void): XmlReader {
  const inline = stringText();
  let line = 0;
  let cells: Cell[] = [];
  let column = -1;
  let type = 'n';
  let style = 0;
  let value = '';
  let isValue = false;
  let isData = false;

  function put(cell: Cell): void {
    if (isEmptyCell(cell)) return;
    if (column < 0) throw broken('a cell stands nowhere');
    if (column >= FILE_LIMITS.columns)
      throw new AppError('bad-input', `row ${line} has more than ${FILE_LIMITS.columns} columns`);
    while (cells.length < column) cells.push('');
    cells[column] = cell;
  }

  return {
    open({ name, attributes }) {
      if (name === 'sheetData') isData = true;
      if (!isData) return;
      if (name === 'row') {
        const said = attributes['r'] ?? '';
        line = ROW.test(said) ? Number(said) : line + 1;
        cells = [];
        column = -1;
      } else if (name === 'c') {
        const said = attributes['r'];
        column = said === undefined ? column + 1 : columnOf(said);
        type = attributes['t'] ?? 'n';
        style = Number(attributes['s'] ?? 0);
        value = '';
        inline.begin();
      } else if (name === 'v') isValue = true;
      else inline.open(name);
    },
    text(text) {
      if (isValue) value = appended(value, text);
      else inline.add(text);
    },
    close(name) {
      if (name === 'sheetData') isData = false;
      if (!isData) return;
      if (name === 'v') isValue = false;
      else if (name === 'c') put(type === 'inlineStr' ? inline.end() : cellOf(type, value, style, workbook));
      else if (name === 'row') {
        if (cells.length > 0) push({ line, cells });
      } else inline.close(name);
    },
  };
}

/** ECMA-376 18.18.11 */
function cellOf(type: string, value: string, style: number, { strings, meanings, isFrom1904 }: Workbook): Cell {
  if (value === '') return '';
  switch (type) {
    case 's': {
      const text = strings[Number(value)];
      if (text === undefined) throw broken('a cell names a text that is not there');
      return text;
    }
    case 'str':
      return cellText(value);
    case 'b':
      return value.trim() === '1' || value.trim() === 'true';
    case 'e':
      return { type: 'error', text: value.slice(0, 20) };
    case 'd':
      return { type: 'date', iso: value.slice(0, 10) };
    default: {
      const number = Number(value);
      if (!Number.isFinite(number)) throw broken('a cell holds a number that is none');
      const meaning = meanings[style] ?? 'number';
      if (meaning === 'percent') return { type: 'percent', fraction: number };
      return meaning === 'date' ? { type: 'date', iso: dateOfSerial(number, isFrom1904) ?? '' } : number;
    }
  }
}
