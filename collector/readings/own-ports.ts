import type { OwnPorts, PolledField, PortTable } from '../profile.ts';
import { POLLED_FIELDS } from '../profile.ts';
import { BadReadingError } from '../snmp/bad-reading.ts';
import { numberOf, type Oid, textOf } from '../snmp/value.ts';
import { type TableRow, type Walker, walkTables } from '../snmp/walk.ts';
import { counterOf, type InterfaceReading, operStatusOf } from './interfaces.ts';

/** A port of which IF-MIB says nothing. */
const UNKNOWN_PORT: Omit<InterfaceReading, 'index'> = {
  name: '',
  descr: '',
  alias: '',
  type: 'other',
  speedBps: null,
  adminStatus: null,
  operStatus: null,
  mtu: null,
  mac: null,
  octetBits: null,
  inOctets: null,
  outOctets: null,
  inErrors: null,
  outErrors: null,
  inDiscards: null,
  outDiscards: null,
  hasDiscontinuity: false,
  hasNoSpeed: false,
};

/**
 * IF-MIB's ports with what the make says of them in tables of its own, and those that only the make knows.
 * @throws ProbeError as SnmpClient, but for bad answers
 */
export async function withOwnPorts(
  walker: Walker,
  { tables = [], facts }: OwnPorts,
  interfaces: readonly InterfaceReading[],
): Promise<readonly InterfaceReading[]> {
  const ports = new Map(interfaces.map((port) => [port.index, port]));
  const walked = await walkTables(walker, tables);
  for (const [at, table] of tables.entries()) {
    for (const [index, row] of walked[at] ?? []) {
      try {
        overlay(ports, table, row, index, interfaces);
      } catch (error) {
        if (!(error instanceof BadReadingError)) throw error;
        walker.count(error.reason);
      }
    }
  }
  return [...ports.values()]
    .map((port) => (facts === undefined ? port : { ...port, ...facts(port) }))
    .sort((a, b) => a.index - b.index);
}

function overlay(
  ports: Map<number, InterfaceReading>,
  table: PortTable,
  row: TableRow,
  index: string,
  interfaces: readonly InterfaceReading[],
): void {
  const told = table.port(row, index, interfaces);
  if (told === null) return;
  const known = ports.get(told.index) ?? { ...UNKNOWN_PORT, index: told.index };
  const changing = changingOf(table, row, index);
  const { oids } = changing;
  const port: InterfaceReading = { ...known, ...told, ...changing.fields };
  ports.set(told.index, {
    ...port,
    descr: port.descr || port.name,
    octetBits: oids.inOctets === undefined && oids.outOctets === undefined ? known.octetBits : changing.octetBits,
    hasNoSpeed: port.speedBps === null && known.hasNoSpeed,
    ...(Object.keys(oids).length === 0 && known.own === undefined
      ? {}
      : { own: { ...known.own, oids: { ...known.own?.oids, ...oids }, ...statesOf(table) } }),
  });
}

type Changing = {
  readonly fields: Partial<Pick<InterfaceReading, PolledField>>;
  readonly oids: Partial<Record<PolledField, Oid>>;
  readonly octetBits: 64 | 32;
};

function changingOf({ columns, polled, states }: PortTable, row: TableRow, index: string): Changing {
  const fields: { -readonly [Field in PolledField]?: InterfaceReading[Field] } = {};
  const oids: Partial<Record<PolledField, Oid>> = {};
  let octetBits: 64 | 32 = 64;
  for (const field of POLLED_FIELDS) {
    const column = polled[field];
    const value = column === undefined ? undefined : row[column];
    if (column === undefined || value === undefined) continue;
    oids[field] = `${columns[column]}.${index}`;
    if (field === 'operStatus') {
      fields.operStatus = states === undefined ? operStatusOf(numberOf(value)) : (states[textOf(value).trim()] ?? null);
      continue;
    }
    fields[field] = counterOf(value);
    if (field.endsWith('Octets') && value.type !== 'counter64') octetBits = 32;
  }
  return { fields, oids, octetBits };
}

const statesOf = ({ polled, states }: PortTable): Pick<PortTable, 'states'> =>
  polled.operStatus === undefined || states === undefined ? {} : { states };
