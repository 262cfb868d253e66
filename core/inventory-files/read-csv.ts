import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../domain/errors.ts';
import { unguarded } from './guarded-text.ts';
import { FILE_LIMITS } from './limits.ts';
import type { Sheet, SheetRow } from './sheet.ts';

/** Other work of the process goes on after as much. */
const PIECE_CHARS = 256 * 1024;
const MOST_ROW_CHARS = 1_000_000;
const QUOTE = '"';

/** CSV with comma, semicolon or tab and any line end; Excel's first line `sep=;` counts as a line. */
export function csvSheet(text: string): Sheet {
  const declared = /^sep=([,;\t|])(\r\n|\r|\n)/i.exec(text);
  const body = declared === null ? text : text.slice(declared[0].length);
  const delimiter = declared?.[1] ?? delimiterOf(body);
  return {
    name: null,
    hasDecimalComma: delimiter !== ',',
    isRectangular: true,
    rows: () => rowsOf(body, delimiter, declared === null ? 0 : 1),
  };
}

/** The one that the header uses most: Excel in Indonesia writes semicolons. */
function delimiterOf(text: string): string {
  const header = /^\s*([^\r\n]*)/.exec(text.slice(0, 100_000))?.[1] ?? '';
  const count = (sign: string): number => header.split(sign).length;
  return [';', '\t'].find((sign) => count(sign) > count(',')) ?? ',';
}

async function* rowsOf(text: string, delimiter: string, linesBefore: number): AsyncGenerator<SheetRow> {
  const reader = new RowReader(text, delimiter);
  let line = linesBefore;
  let turnAt = PIECE_CHARS;
  while (!reader.isAtEnd) {
    line += 1;
    const cells = reader.nextRow(line);
    if (cells.some((cell) => cell.trim() !== '')) yield { line, cells: cells.map(unguarded) };
    if (reader.at < turnAt) continue;
    await nextTurn();
    turnAt = reader.at + PIECE_CHARS;
  }
}

/** Rows as RFC 4180 has them; spaces around cells and around their quotes mean nothing, those inside quotes stay. */
class RowReader {
  at = 0;
  readonly #text: string;
  readonly #delimiter: string;
  readonly #plain: RegExp;
  readonly #space: RegExp;

  constructor(text: string, delimiter: string) {
    this.#text = text;
    this.#delimiter = delimiter;
    this.#plain = new RegExp(`[^${delimiter}\\r\\n]*`, 'y');
    this.#space = delimiter === '\t' ? / */y : /[ \t]*/y;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#text.length;
  }

  /** @throws AppError `bad-input` */
  nextRow(line: number): string[] {
    const from = this.at;
    const cells: string[] = [];
    for (;;) {
      const cell = this.#nextCell(line);
      if (cells.length < FILE_LIMITS.columns) cells.push(cell);
      else if (cell !== '') throw unreadable(line, `it has more than ${FILE_LIMITS.columns} columns`);
      if (this.at - from > MOST_ROW_CHARS) throw unreadable(line, 'it is too long: is a quote never closed?');
      if (this.#text[this.at] !== this.#delimiter) break;
      this.at += 1;
    }
    this.at += this.#text.startsWith('\r\n', this.at) ? 2 : 1;
    return cells;
  }

  /** Leaves off at the delimiter, the line end or the end of the text. */
  #nextCell(line: number): string {
    const from = this.at;
    this.#skip(this.#space);
    if (this.#text[this.at] !== QUOTE) {
      this.at = from;
      const cell = this.#skip(this.#plain);
      if (!cell.includes(QUOTE)) return cell.trim();
      throw unreadable(line, 'a quote stands inside a cell: put the cell in quotes and double the one inside');
    }
    const cell = this.#quoted(line);
    this.#skip(this.#space);
    if (this.#skip(this.#plain) !== '') throw unreadable(line, 'a quote is closed in the middle of a cell');
    return cell;
  }

  #quoted(line: number): string {
    let cell = '';
    for (;;) {
      const close = this.#text.indexOf(QUOTE, this.at + 1);
      if (close < 0) throw unreadable(line, 'a quote is opened and never closed');
      if (cell.length + close - this.at > MOST_ROW_CHARS)
        throw unreadable(line, 'it is too long: is a quote never closed?');
      cell += this.#text.slice(this.at + 1, close);
      this.at = close + 1;
      if (this.#text[this.at] !== QUOTE) return cell;
      cell += QUOTE;
    }
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }
}

const unreadable = (line: number, reason: string): AppError =>
  new AppError('bad-input', `the file cannot be read: row ${line}: ${reason}`, { faults: [{ line, reason }] });
