import type { ReadingTable } from '../profile.ts';
import type { Oid } from '../snmp/value.ts';
import { dbmOfMilliwatts, opticsColumns } from './optics.ts';
import { readingColumns } from './reading-columns.ts';
import { sensor } from './sensor.ts';
import { usage, usedBeside } from './usage.ts';

/**
 * DLINKSW-ENTITY-EXT-MIB and DLINKSW-DDM-MIB: newer switches of D-Link.
 * @param base under which the model keeps both
 */
export function dlinkEntities(base: Oid): readonly ReadingTable[] {
  const environment = `${base}.5.1.1`;
  const memory = `${base}.5.1.4.1`;
  const ddm = `${base}.72.1.4.1.1`;
  const limits = (current: number) => ({
    high: `${ddm}.${current + 2}`,
    highWarning: `${ddm}.${current + 3}`,
    lowWarning: `${ddm}.${current + 4}`,
    low: `${ddm}.${current + 5}`,
  });
  // In tenths of a µW.
  const light = (column: number) => ({
    value: `${ddm}.${column}`,
    convert: (raw: number) => dbmOfMilliwatts(raw / 10_000),
    limits: limits(column),
  });
  return [
    readingColumns([usage('processor', `${base}.5.1.7.1.5`, 'Processor $index')]),
    readingColumns([usage('memory', `${memory}.4`, 'Memory $index', usedBeside(`${memory}.5`))]),
    readingColumns([
      sensor('temperature', `${environment}.1.1.4`, 'Sensor $index', { id: 'sensor' }),
      sensor('state', `${environment}.1.1.7`, 'Sensor $index', { id: 'sensor' }),
    ]),
    readingColumns([sensor('state', `${environment}.2.1.4`, '', { label: `${environment}.2.1.3`, id: 'fan' })]),
    readingColumns([
      sensor('state', `${environment}.3.1.6`, '', { label: `${environment}.3.1.3`, id: 'power-supply' }),
    ]),
    readingColumns(
      opticsColumns({
        label: { ifIndexAt: 0 },
        temperature: { value: `${ddm}.1`, scale: 0.001, limits: limits(1) },
        voltage: { value: `${ddm}.7`, scale: 0.01, limits: limits(7) },
        bias: { value: `${ddm}.13`, scale: 0.001, limits: limits(13) },
        tx: light(19),
        rx: light(25),
      }),
    ),
  ];
}
