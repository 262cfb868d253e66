import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { FILE_LIMITS } from './limits.ts';
import { type Cell, isEmptyCell } from './sheet.ts';
import { type Column, splitCodes, type Value } from './tables.ts';

/** `null` = the cell is empty. */
export type Read = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string };

const value = (read: Value): Read => ({ ok: true, value: read });
const no = (reason: string): Read => ({ ok: false, reason });

/** What a cell says in a column, within the bounds that the API has for the field. */
export function readCell(column: Column, cell: Cell, { hasDecimalComma }: { readonly hasDecimalComma: boolean }): Read {
  if (isEmptyCell(cell)) return value(null);
  if (typeof cell === 'string' && cell.length > FILE_LIMITS.cellChars)
    return no(`is longer than ${FILE_LIMITS.cellChars.toLocaleString('en')} characters`);
  if (typeof cell === 'object' && cell.type === 'error') return no(`is an error of the spreadsheet, ${cell.text}`);
  const read = readers[column.type](cell, hasDecimalComma);
  if (!read.ok) return read;
  const tidy = typeof read.value === 'string' ? (column.tidy?.(read.value) ?? read.value) : read.value;
  return withinBounds(column, tidy);
}

const readers: Readonly<Record<Column['type'], (cell: Cell, hasDecimalComma: boolean) => Read>> = {
  text: readText,
  codes: (cell) => {
    const text = readText(cell);
    return text.ok ? value(splitCodes(String(text.value))) : text;
  },
  number: readNumber,
  flag: readFlag,
  date: readDate,
};

/** Outer spaces stay here: a code may really have them. */
function readText(cell: Cell): Read {
  if (typeof cell !== 'string') {
    const what = typeof cell === 'object' ? `a ${cell.type}` : typeof cell === 'number' ? 'a number' : 'true or false';
    return no(
      `is ${what} to the spreadsheet, which loses text such as 11.10 or 007: format the cell as text, type again`,
    );
  }
  if (/[\0\p{Surrogate}\uFFFE\uFFFF]/u.test(cell)) return no('holds a character that is none');
  return value(cell);
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

function readNumber(cell: Cell, hasDecimalComma: boolean): Read {
  if (typeof cell === 'number') return value(cell);
  if (typeof cell === 'object' && cell.type === 'percent') return value(Number((cell.fraction * 100).toPrecision(12)));
  if (typeof cell !== 'string') return no('is not a number');
  const text = cell.trim();
  const plain = hasDecimalComma && !text.includes('.') ? text.replace(',', '.') : text;
  if (NUMBER.test(plain)) return value(Number(plain));
  return no(/^[+-]?[\d.]*,\d+$/.test(text) ? 'is not a number: decimals are written with a point' : 'is not a number');
}

const YES = new Set(['true', 'yes', 'ya', 'y', '1', 'benar']);
const NO = new Set(['false', 'no', 'tidak', 'n', '0', 'salah']);

function readFlag(cell: Cell): Read {
  if (typeof cell === 'object') return no('is not true or false');
  const text = String(cell).trim().toLowerCase();
  return YES.has(text) ? value(true) : NO.has(text) ? value(false) : no('is not true or false');
}

function readDate(cell: Cell): Read {
  const iso = typeof cell === 'string' ? cell.trim() : typeof cell === 'object' && cell.type === 'date' ? cell.iso : '';
  const isDate = /^\d{4}-\d\d-\d\d$/.test(iso) && !Number.isNaN(Date.parse(iso));
  // Date.parse takes 31 February for a day of March.
  if (!isDate || new Date(iso).toISOString().slice(0, 10) !== iso) return no('is not a date such as 2026-11-21');
  return value(iso);
}

const validators = new WeakMap<TSchema, Validator>();

function withinBounds(column: Column, read: Value): Read {
  let validator = validators.get(column.schema);
  if (validator === undefined) {
    validator = Compile(column.schema);
    validators.set(column.schema, validator);
  }
  return validator.Check(checkable(column, read)) ? value(read) : no(bounds(column));
}

/** What a field of the API would hold: spaces around a code are looked at again when it is looked up. */
function checkable({ type }: Column, read: Value): unknown {
  if (type === 'date') return Date.parse(String(read));
  if (Array.isArray(read)) return read.map((code: string) => code.trim());
  return typeof read === 'string' ? read.trim() : read;
}

type Bounds = {
  readonly enum?: readonly string[];
  readonly type?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
};

const FORMS: Readonly<Record<string, string>> = {
  mac: 'is not a MAC address such as 00:1a:2b:3c:4d:5e',
  host: 'is not a host name or an address',
  region_code: 'is not a region code such as 16.03.11.2009; a spreadsheet may have cut its zeros',
};

function bounds({ name, type, schema }: Column): string {
  const form = FORMS[name];
  if (form !== undefined) return form;
  const { enum: choices, maxLength, minimum, exclusiveMinimum, maximum, maxItems, ...rest } = schema as Bounds;
  if (choices !== undefined) return `takes one of: ${choices.join(', ')}`;
  if (type === 'date') return 'is a date before 1970';
  if (maxItems !== undefined) return `takes at most ${maxItems} codes, each of at most 80 characters`;
  if (maxLength !== undefined) return `takes at most ${maxLength} characters`;
  const kind = rest.type === 'integer' ? 'a whole number' : 'a number';
  if (exclusiveMinimum !== undefined) return `takes ${kind} above ${exclusiveMinimum}`;
  if (minimum !== undefined && maximum !== undefined) return `takes ${kind} from ${minimum} to ${maximum}`;
  return minimum === undefined ? `takes ${kind}` : `takes ${kind} from ${minimum}`;
}
