import type { ReadingTable } from '../profile.ts';
import type { Oid } from '../snmp/value.ts';
import { opticsColumns } from './optics.ts';
import { readingColumns } from './reading-columns.ts';

/** What a limit holds that is not set. */
const UNSET = -1_000_000;

/**
 * Optical transceivers of Raisecom (RAISECOM-OPTICAL-TRANSCEIVER-MIB, and ROSMGMT's, whose table is the same elsewhere):
 * rows are ports, then what was measured: temperature 1, bias 2, sent 3 and received power 4, voltage 5.
 * @param table opticalTransceiverDdmEntry; figures in thousandths of °C, mA, dBm and V
 * @param better the figures of a table that tells the same more finely
 */
export function raisecomOptics(table: Oid, better?: Oid): ReadingTable {
  const part = (type: number, scale: number) => ({
    value: `${table}.2`,
    rows: new RegExp(`^(\\d+)\\.${type}$`),
    scale,
    absent: [UNSET],
    limits: { high: `${table}.3`, highWarning: `${table}.4`, low: `${table}.5`, lowWarning: `${table}.6` },
    ...(better === undefined ? {} : { unless: { columns: [`${better}.2`], in: 'device' as const } }),
  });
  return readingColumns(
    opticsColumns({
      label: { ifIndexAt: 0 },
      temperature: part(1, 0.001),
      bias: part(2, 1e-6),
      tx: part(3, 0.001),
      rx: part(4, 0.001),
      voltage: part(5, 0.001),
    }),
  );
}
