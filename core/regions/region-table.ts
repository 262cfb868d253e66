import type { Fault } from '../domain/errors.ts';
import {
  isInIndonesia,
  isRegionCode,
  parentCode,
  type RegionCode,
  type RegionLevel,
  regionLevel,
} from '../domain/region.ts';
import { type CsvRow, readCsv } from './csv-table.ts';
import type { RegionRow } from './region-pack.ts';

const COLUMNS: Readonly<Record<RegionLevel, readonly string[]>> = {
  province: ['code', 'name', 'area_km2', 'population', 'desa', 'kelurahan', 'lat', 'lng'],
  regency: ['code', 'province_code', 'name', 'area_km2', 'population', 'desa', 'kelurahan', 'lat', 'lng'],
  district: ['code', 'regency_code', 'name', 'area_km2', 'lat', 'lng'],
  village: ['code', 'name', 'lat', 'lng', 'point', 'area_km2'],
};
const PARENT_COLUMN: Partial<Record<RegionLevel, string>> = { regency: 'province_code', district: 'regency_code' };
/** All of Indonesia has 84,000 villages. */
const MAX_ROWS = 200_000;
const MAX_NAME = 200;

export type RegionTableOptions = {
  readonly file: string;
  readonly level: RegionLevel;
  /** Regions of the level above; null for provinces. */
  readonly parents: ReadonlySet<RegionCode> | null;
  /** Codes that were read before, over all files of the level, with their place; grows. */
  readonly seen: Map<RegionCode, string>;
  /** Code that all rows of this file must be below. */
  readonly within?: RegionCode;
};

/** Rows of one CSV file of a region pack; each rule a row breaks is a fault, and such a row is left out. */
export function readRegionTable(
  bytes: Uint8Array,
  options: RegionTableOptions,
): { readonly rows: readonly RegionRow[]; readonly faults: readonly Fault[] } {
  const { file, level } = options;
  const table = readCsv(bytes, { maxRows: MAX_ROWS });
  if ('faults' in table) return { rows: [], faults: table.faults.map((fault) => ({ file, ...fault })) };
  const missing = COLUMNS[level].filter((column) => !table.columns.includes(column));
  if (missing.length > 0) {
    return {
      rows: [],
      faults: missing.map((field) => ({ file, line: 1, field, reason: `the column ${field} is missing` })),
    };
  }
  const rows: RegionRow[] = [];
  const faults: Fault[] = [];
  for (const row of table.rows) {
    const read = new RowReader(row, file);
    const region = readRow(read, options);
    if (read.faults.length === 0) rows.push(region);
    else faults.push(...read.faults);
  }
  return { rows, faults };
}

class RowReader {
  readonly faults: Fault[] = [];
  readonly #row: CsvRow;
  readonly #file: string;

  constructor(row: CsvRow, file: string) {
    this.#row = row;
    this.#file = file;
  }

  get place(): string {
    return `${this.#file} line ${this.#row.line}`;
  }

  text(field: string): string {
    return this.#row.values[field] ?? '';
  }

  fault(field: string, reason: string): void {
    this.faults.push({ file: this.#file, line: this.#row.line, field, reason });
  }

  /** Empty = null. */
  number(field: string, takes: 'integer' | 'measure' | 'coordinate'): number | null {
    const text = this.text(field);
    if (text === '') return null;
    const form = { integer: /^\d{1,9}$/, measure: /^-?\d{1,9}(\.\d{1,12})?$/, coordinate: /^-?\d{1,3}(\.\d{1,15})?$/ };
    if (form[takes].test(text)) return Number(text);
    this.fault(field, `${field} takes ${takes === 'integer' ? 'a whole number' : 'a number'}, not ${quoted(text)}`);
    return null;
  }
}

const quoted = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

function readRow(read: RowReader, options: RegionTableOptions): RegionRow {
  const code = readCode(read, options);
  const name = read.text('name');
  if (name === '') read.fault('name', 'the name is empty');
  if (name.length > MAX_NAME) read.fault('name', `the name is longer than ${MAX_NAME} characters`);
  const [lat, lng] = readPoint(read);
  const point = read.text('point');
  if (!['', 'c', 'i', 'd'].includes(point)) read.fault('point', `point takes c, i or d, not ${quoted(point)}`);
  return {
    code,
    name,
    lat,
    lng,
    pointKind: point === 'c' || point === 'i' || point === 'd' ? point : null,
    areaKm2: readArea(read),
    population: read.number('population', 'integer'),
    desaCount: read.number('desa', 'integer'),
    kelurahanCount: read.number('kelurahan', 'integer'),
  };
}

/** An area is measured on a polygon; of one whose ring crosses itself it comes out negative, which says nothing. */
function readArea(read: RowReader): number | null {
  const area = read.number('area_km2', 'measure');
  return area === null || area < 0 ? null : area;
}

function readCode(read: RowReader, { level, parents, seen, within }: RegionTableOptions): RegionCode {
  const code = read.text('code');
  if (!isRegionCode(code) || regionLevel(code) !== level) {
    read.fault('code', `${quoted(code)} is not the code of a ${level}`);
    return code;
  }
  const before = seen.get(code);
  if (before !== undefined) read.fault('code', `the code ${code} is already in ${before}`);
  else seen.set(code, read.place);
  const parent = parentCode(code);
  if (parent !== null && parents !== null && !parents.has(parent)) {
    read.fault('code', `the parent ${parent} of ${code} is not in this pack`);
  }
  const parentColumn = PARENT_COLUMN[level];
  if (parentColumn !== undefined && read.text(parentColumn) !== parent) {
    read.fault(
      parentColumn,
      `${parentColumn} is ${quoted(read.text(parentColumn))}, but the code begins with ${parent}`,
    );
  }
  if (within !== undefined && !code.startsWith(`${within}.`)) {
    read.fault('code', `${code} does not belong in the file of ${within}`);
  }
  return code;
}

function readPoint(read: RowReader): readonly [number | null, number | null] {
  const before = read.faults.length;
  const lat = read.number('lat', 'coordinate');
  const lng = read.number('lng', 'coordinate');
  if (read.faults.length > before) return [null, null];
  if (lat === null && lng === null) return [null, null];
  if (lat === null || lng === null) read.fault('lat', 'a point needs both lat and lng');
  else if (!isInIndonesia(lat, lng)) read.fault('lat', `the point ${lat}, ${lng} is outside Indonesia`);
  return [lat, lng];
}
