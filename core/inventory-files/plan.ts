import { type ProbeKinds, parseSettings, probeFaults } from '../domain/probe-kind.ts';
import { covers, type RegionCode } from '../domain/region.ts';
import { findRings } from '../domain/rings.ts';
import type { FaultList } from './fault-list.ts';
import type { Known } from './known.ts';
import { type FileRow, type FileTable, WHOLE_ROW } from './read-inventory-file.ts';
import type { StoredRow } from './stored-rows.ts';
import {
  type Column,
  codesOf,
  INVENTORY_TABLES,
  isSame,
  type TableName,
  type Value,
  type Values,
  valueText,
} from './tables.ts';

export type PlannedChange = {
  readonly table: TableName;
  readonly line: number;
  readonly code: string;
  readonly action: 'create' | 'update' | 'unchanged';
  /** What differs, as a person reads it. */
  readonly fields: readonly { readonly field: string; readonly before: string; readonly after: string }[];
  /** The whole row as it shall be. */
  readonly values: Values;
};

export type PlanOptions = {
  /** What whoever imports may change; empty = everything. */
  readonly scope: RegionCode | '';
  readonly deviceKinds: ReadonlySet<string>;
  /** What devices may be asked by; null = anything. */
  readonly probes: ProbeKinds | null;
};

type Candidate = {
  readonly row: FileRow;
  readonly code: string;
  readonly before: StoredRow | undefined;
  readonly after: Values;
  readonly place: { readonly sheet: string | null; readonly line: number };
};

const MOST_RINGS = 20;
const ORDER: readonly TableName[] = ['sites', 'devices', 'links'];

/**
 * What importing the tables of a file would do to what is known. Rows are known by their code, columns that are not
 * there stay as they are. What must not be goes to `faults`, and the plan is then good for nothing else.
 */
export function planTables(
  tables: readonly FileTable[],
  known: Known,
  faults: FaultList,
  options: PlanOptions,
): readonly PlannedChange[] {
  const places = new Places(known, options.scope);
  const changes: PlannedChange[] = [];
  for (const name of ORDER) {
    const table = tables.find((each) => each.table === name);
    if (table === undefined) continue;
    const candidates = candidatesOf(table, known, faults, options.scope);
    places.put(name, candidates);
    const checked = candidates.map((candidate) => check(name, candidate, known, places, faults, options));
    if (name === 'devices') refuseRings(candidates, checked, known, faults);
    for (const change of checked) changes.push(change);
  }
  return changes;
}

/** Where sites and devices would stand after the import, as far as the importer may see them. */
class Places {
  readonly #regions = { sites: new Map<string, RegionCode | null>(), devices: new Map<string, RegionCode | null>() };
  readonly #known: Known;
  readonly #scope: RegionCode | '';

  constructor(known: Known, scope: RegionCode | '') {
    this.#known = known;
    this.#scope = scope;
  }

  put(table: TableName, candidates: readonly Candidate[]): void {
    if (table === 'links') return;
    for (const { code, after } of candidates) {
      const site = this.resolve('sites', String(after['site_code'] ?? ''));
      const region = table === 'sites' ? after['region_code'] : this.#regionOf('sites', site);
      this.#regions[table].set(code, typeof region === 'string' ? region.trim() : null);
    }
  }

  /** The code as it is known, else without the spaces around it. */
  resolve(table: 'sites' | 'devices', code: string): string {
    const isKnown = this.#known[table].has(code) || this.#regions[table].has(code);
    return isKnown ? code : code.trim();
  }

  /** A row of the file whose own region is spoiled counts as seen: its fault is named there. */
  isSeen(table: 'sites' | 'devices', code: string): boolean {
    const region = this.#regionOf(table, code);
    return region === null || (region !== undefined && covers(this.#scope, region));
  }

  #regionOf(table: 'sites' | 'devices', code: string): RegionCode | null | undefined {
    const own = this.#regions[table].get(code);
    return own === undefined ? this.#known[table].get(code)?.regionCode : own;
  }
}

function candidatesOf(table: FileTable, known: Known, faults: FaultList, scope: RegionCode | ''): Candidate[] {
  const { columns } = INVENTORY_TABLES[table.table];
  const lines = new Map<string, number>();
  const candidates: Candidate[] = [];
  for (const row of table.rows) {
    const place = { sheet: table.sheet, line: row.line };
    const said = row.values['code'] ?? null;
    if (typeof said !== 'string') {
      if (!row.spoiled.has('code')) faults.add({ ...place, field: 'code' }, 'is empty');
      continue;
    }
    const code = known[table.table].has(said) ? said : said.trim();
    const earlier = lines.get(code);
    if (earlier !== undefined) {
      faults.add({ ...place, field: 'code' }, `stands in row ${earlier} already`);
      continue;
    }
    lines.set(code, row.line);
    const before = known[table.table].get(code);
    if (before !== undefined && !covers(scope, before.regionCode)) {
      faults.add({ ...place, field: 'code' }, 'is taken by something outside your region');
      continue;
    }
    const after: Record<string, Value> = { code };
    for (const column of columns) if (column.name !== 'code') after[column.name] = valueAfter(column, row, before);
    candidates.push({ row, code, before, after, place });
  }
  return candidates;
}

function valueAfter(column: Column, { values }: FileRow, before: StoredRow | undefined): Value {
  const stored = before?.values[column.name] ?? null;
  const said = values[column.name];
  if (said === undefined || (said === null && column.empty === 'keeps'))
    return before === undefined ? (column.initial ?? null) : stored;
  const value = said === null ? (column.initial ?? null) : said;
  // What says the same stays as it is stored, down to its spaces.
  if (before !== undefined && isSame(value, stored)) return stored;
  return typeof value === 'string' && column.names === undefined ? value.trim() : value;
}

function check(
  table: TableName,
  { row, code, before, after, place }: Candidate,
  known: Known,
  places: Places,
  faults: FaultList,
  { scope, deviceKinds, probes }: PlanOptions,
): PlannedChange {
  const values: Record<string, Value> = { ...after };
  const fields: PlannedChange['fields'][number][] = [];

  const reasonAgainst = (column: Column, value: Value, stored: Value): string | null => {
    if (value === null) return column.empty === 'is-refused' ? emptyReason(column, row) : null;
    const text = String(value);
    switch (column.names) {
      case 'region':
        if (!covers(scope, text)) return 'is outside your region';
        return known.regions.has(text) ? null : `there is no region ${text}`;
      case 'site':
        return places.isSeen('sites', text) ? null : `there is no site ${text} here`;
      case 'device': {
        const had = new Set(codesOf(stored));
        const missing = codesOf(value).find((each) => !had.has(each) && !places.isSeen('devices', each));
        return missing === undefined ? null : `there is no device ${missing} here`;
      }
      case 'credential':
        return known.credentials.has(text) ? null : `there is no credential ${text}`;
      case 'kind':
        return deviceKinds.has(text) ? null : `takes one of: ${[...deviceKinds].sort().join(', ')}`;
      case 'probe':
        return probes === null || probes.has(text) ? null : `takes one of: ${[...probes.keys()].join(', ')}`;
      case 'probe-settings':
        return settingsFault(text, probes, String(after['reachability']));
      default:
        return null;
    }
  };

  for (const column of INVENTORY_TABLES[table].columns) {
    const { name } = column;
    const stored = before?.values[name] ?? null;
    const isUntouched = before !== undefined && after[name] === stored;
    const value = isUntouched ? stored : resolved(column, after[name] ?? null, known, places);
    values[name] = value;
    if (row.spoiled.has(WHOLE_ROW) || row.spoiled.has(name) || (before !== undefined && isSame(value, stored)))
      continue;
    const reason = reasonAgainst(column, value, stored);
    if (reason !== null) faults.add({ ...place, field: name }, reason);
    if (before !== undefined || valueText(value) !== '')
      fields.push({ field: name, before: valueText(stored), after: valueText(value) });
  }
  const { contract_from: from, contract_to: to } = values;
  if (
    typeof from === 'string' &&
    typeof to === 'string' &&
    to < from &&
    fields.some(({ field }) => /^contract_(from|to)$/.test(field))
  )
    faults.add({ ...place, field: 'contract_to' }, 'is before contract_from');
  const action = before === undefined ? 'create' : fields.length > 0 ? 'update' : 'unchanged';
  return { table, line: place.line, code, action, fields, values };
}

function settingsFault(text: string, probes: ProbeKinds | null, probe: string): string | null {
  const settings = parseSettings(text);
  if (settings === null) return 'takes the settings of the probe as a JSON object, such as {"url": "https://…"}';
  const [fault] = probes?.has(probe) ? probeFaults(probes, probe, settings) : [];
  return fault === undefined ? null : `does not fit the probe ${probe}: ${fault.field} ${fault.reason}`;
}

const emptyReason = ({ name }: Column, { values }: FileRow): string =>
  name in values ? 'is empty' : 'is missing: a new row needs it';

/** What is named, by the code or name that it is known by. */
function resolved({ names }: Column, value: Value, known: Known, places: Places): Value {
  if (value === null || names === undefined) return value;
  if (names === 'site') return places.resolve('sites', String(value));
  if (names === 'device') {
    if (typeof value === 'string') return places.resolve('devices', value);
    return [...new Set(codesOf(value).map((code) => places.resolve('devices', code)))];
  }
  const text = String(value);
  return names === 'credential' && known.credentials.has(text) ? text : text.trim();
}

/** Devices must not depend on themselves, even by way of devices that the file does not name. */
function refuseRings(
  candidates: readonly Candidate[],
  changes: readonly PlannedChange[],
  known: Known,
  faults: FaultList,
): void {
  if (!changes.some(({ fields }) => fields.some(({ field }) => field === 'parents'))) return;
  const parents = new Map(known.parents);
  for (const { code, values } of changes) parents.set(code, codesOf(values['parents']));
  const byCode = new Map(candidates.map((candidate) => [candidate.code, candidate]));
  for (const ring of findRings(parents, MOST_RINGS)) {
    for (const [index, code] of ring.entries()) {
      const candidate = byCode.get(code);
      if (candidate?.row.values['parents'] === undefined) continue;
      const way = [...ring.slice(index), ...ring.slice(0, index), code];
      const shown = way.length > 6 ? [...way.slice(0, 4), '…', code] : way;
      faults.add({ ...candidate.place, field: 'parents' }, `makes it depend on itself: ${shown.join(' → ')}`);
    }
  }
}
