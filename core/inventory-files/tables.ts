import { type TSchema, Type } from 'typebox';
import { Moment } from '../contract/common.ts';
import { createCredential } from '../contract/credentials.ts';
import { DeviceChange } from '../contract/devices.ts';
import { LinkChange } from '../contract/links.ts';
import { SiteChange } from '../contract/sites.ts';

export const TABLES = ['sites', 'devices', 'links'] as const;
export type TableName = (typeof TABLES)[number];

/** What a cell says, once it is read: dates as `2026-11-21`, codes of other rows as they are. */
export type Value = string | number | boolean | null | readonly string[];
/** By column name. A column that the file does not have is absent: it is left alone. */
export type Values = Readonly<Record<string, Value>>;

export type Column = {
  readonly name: string;
  /** `codes` are several, with `|` between them. */
  readonly type: 'text' | 'number' | 'flag' | 'date' | 'codes';
  /** Bounds of a value that is not null, as the API has them; of a date, in milliseconds. */
  readonly schema: TSchema;
  /** What an empty cell does to a row that is there: nothing, clear the field, or spoil the row. */
  readonly empty: 'keeps' | 'clears' | 'is-refused';
  /** What a new row gets where nothing is said; absent = it must be said. */
  readonly initial?: Value;
  /** What is named stands elsewhere, as a code or name. */
  readonly names?: 'region' | 'site' | 'device' | 'credential' | 'kind' | 'probe' | 'probe-settings';
  readonly tidy?: (text: string) => string;
};

export type Table = { readonly name: TableName; readonly columns: readonly Column[] };

const sites = SiteChange.properties;
const devices = DeviceChange.properties;
const links = LinkChange.properties;

/** The schema of a value that is not null. */
function inner(schema: TSchema): TSchema {
  if (!Type.IsUnion(schema)) return schema;
  return schema.anyOf.find((variant: TSchema) => !Type.IsNull(variant)) ?? schema;
}

type Rest = Partial<Pick<Column, 'names' | 'tidy'>>;
type Kind = Column['type'];

const needed = (name: string, type: Kind, schema: TSchema, rest: Rest = {}): Column => ({
  name,
  type,
  schema: inner(schema),
  empty: 'is-refused',
  ...rest,
});
const preset = (name: string, type: Kind, schema: TSchema, initial: Value, rest: Rest = {}): Column => ({
  name,
  type,
  schema: inner(schema),
  empty: 'keeps',
  initial,
  ...rest,
});
const optional = (name: string, type: Kind, schema: TSchema, rest: Rest = {}): Column => ({
  name,
  type,
  schema: inner(schema),
  empty: 'clears',
  initial: type === 'codes' ? [] : null,
  ...rest,
});

const lower = { tidy: (text: string) => text.toLowerCase() };
const macAddress = { tidy: (text: string) => text.toLowerCase().replaceAll('-', ':') };

/** The tables of an inventory file, their columns in the order of an export. Rows are known by `code`. */
export const INVENTORY_TABLES: Readonly<Record<TableName, Table>> = {
  sites: {
    name: 'sites',
    columns: [
      needed('code', 'text', sites.code),
      needed('name', 'text', sites.name),
      needed('kind', 'text', sites.kind, lower),
      preset('status', 'text', sites.status, 'active', lower),
      needed('region_code', 'text', sites.regionCode, { names: 'region' }),
      optional('lat', 'number', sites.lat),
      optional('lng', 'number', sites.lng),
      optional('address', 'text', sites.address),
      optional('contact', 'text', sites.contact),
    ],
  },
  devices: {
    name: 'devices',
    columns: [
      needed('code', 'text', devices.code),
      needed('name', 'text', devices.name),
      needed('kind', 'text', devices.kind, { names: 'kind' }),
      needed('site_code', 'text', sites.code, { names: 'site' }),
      needed('host', 'text', devices.host),
      optional('mac', 'text', devices.mac, macAddress),
      preset('enabled', 'flag', devices.enabled, true),
      preset('reachability', 'text', devices.reachability, 'icmp', { ...lower, names: 'probe' }),
      optional('settings', 'text', Type.String({ maxLength: 10_000 }), { names: 'probe-settings' }),
      optional('tcp_port', 'number', devices.tcpPort),
      preset('snmp_port', 'number', devices.snmpPort, 161),
      optional('credential', 'text', createCredential.schema.body.properties.name, {
        names: 'credential',
      }),
      optional('reach_interval_s', 'number', devices.reachIntervalS),
      optional('poll_interval_s', 'number', devices.pollIntervalS),
      optional('timeout_ms', 'number', devices.timeoutMs),
      optional('retries', 'number', devices.retries),
      optional('parents', 'codes', Type.Unsafe<string[]>({ ...devices.parentIds, items: devices.code }), {
        names: 'device',
      }),
    ],
  },
  links: {
    name: 'links',
    columns: [
      needed('code', 'text', links.code),
      needed('name', 'text', links.name),
      needed('medium', 'text', links.medium, lower),
      needed('from_site', 'text', sites.code, { names: 'site' }),
      optional('to_site', 'text', sites.code, { names: 'site' }),
      optional('device', 'text', devices.code, { names: 'device' }),
      optional('if_index', 'number', links.ifIndex),
      optional('provider', 'text', links.provider),
      optional('contract_mbps', 'number', links.contractMbps),
      optional('sla_percent', 'number', links.slaPercent),
      optional('contract_from', 'date', Moment),
      optional('contract_to', 'date', Moment),
    ],
  },
};

/** Values that mean the same: outer spaces, an empty text and the order of codes say nothing. */
export function isSame(a: Value, b: Value): boolean {
  if (isCodes(a) || isCodes(b)) {
    const [left, right] = [codesOf(a), codesOf(b)].map((codes) => [...new Set(codes)].sort());
    return JSON.stringify(left) === JSON.stringify(right);
  }
  return a === b || (tidied(a) === tidied(b) && typeof tidied(a) === 'string');
}

const tidied = (value: Value): Value => (value === null ? '' : typeof value === 'string' ? value.trim() : value);
const isCodes = (value: Value): value is readonly string[] => Array.isArray(value);
export const codesOf = (value: Value | undefined): readonly string[] =>
  value !== undefined && isCodes(value) ? value : typeof value === 'string' ? [value] : [];

/** A value as a person reads it, and as CSV holds it. */
export const valueText = (value: Value): string =>
  value === null ? '' : isCodes(value) ? value.map(escapeCode).join('|') : String(value);

const escapeCode = (code: string): string => code.replace(/[\\|]/g, '\\$&');

/** The codes of `a|b`; a `|` that belongs to a code stands as `\|`, a `\` as `\\`. */
export function splitCodes(text: string): string[] {
  const codes = [''];
  for (const [, escaped, bar, plain] of text.matchAll(/\\([\\|])|(\|)|([\s\S])/g)) {
    if (bar !== undefined) codes.push('');
    else codes.push(`${codes.pop() ?? ''}${escaped ?? plain ?? ''}`);
  }
  return codes.filter((code) => code.trim() !== '');
}
