import type { ReadingTable } from '../profile.ts';
import { numberOf, type Oid } from '../snmp/value.ts';
import { type ReadingColumn, readingColumns } from './reading-columns.ts';

/**
 * Processor, memory, fans, thermometers, power supplies and PoE of switches that run Broadcom's FASTPATH: SWITCHING,
 * BOXSERVICES and POWER-ETHERNET private MIBs.
 * @param base each maker hangs them elsewhere; Broadcom's own place is 1.3.6.1.4.1.4413.1.1
 */
export function fastpathReadings(base: Oid): readonly ReadingTable[] {
  const cpu = `${base}.1.1.4`;
  const fan = `${base}.43.1.6.1`;
  const supply = `${base}.43.1.7.1`;
  const thermometer = `${base}.43.1.8.1`;
  const unit = `${base}.43.1.15.1`;
  const poe = `${base}.15.1.1.1`;
  return [
    readingColumns([
      // A text of three means: "5 Secs ( 9.6%) 60 Secs (10.2%) 300 Secs (11.3%)".
      {
        group: 'usage',
        class: 'processor',
        value: `${cpu}.9`,
        label: { text: 'Processor' },
        inText: /5 Sec\w*\s*\(\s*([\d.]+)\s*%/i,
      },
      { group: 'usage', class: 'memory', value: `${cpu}.1`, label: { text: 'Memory' }, ...usedOf(`${cpu}.2`) },
    ]),
    readingColumns([
      { group: 'sensor', class: 'fanspeed', value: `${fan}.4`, label: { text: 'Fan $index' }, absent: [-1] },
      // 1 not present, 2 running, 3 failed, 4 starting, 5 no power, 6 not running.
      { group: 'sensor', class: 'state', id: 'fan', value: `${fan}.3`, label: { text: 'Fan $index' } },
    ]),
    // 1 not present, 2 running, 3 failed, 4 starting, 5 no power, 6 standing by, 7 of the wrong type.
    readingColumns([
      { group: 'sensor', class: 'state', id: 'psu', value: `${supply}.3`, label: { text: 'Power supply $index' } },
    ]),
    readingColumns([
      { group: 'sensor', class: 'temperature', value: `${thermometer}.5`, label: { text: 'Temperature $index' } },
      // Before switches could be stacked the table had a column less.
      {
        group: 'sensor',
        class: 'temperature',
        value: `${thermometer}.4`,
        label: { text: 'Temperature $index' },
        unless: { columns: [`${thermometer}.5`], in: 'device' },
      },
      // 0 low, 1 normal, 2 warning, 3 critical, 4 shut down, 5 not present, 6 not running.
      {
        group: 'sensor',
        class: 'state',
        id: 'temperature',
        value: `${thermometer}.4`,
        label: { text: 'Temperature $index' },
        where: { column: `${thermometer}.5`, is: /\d/ },
      },
    ]),
    readingColumns([
      { group: 'sensor', class: 'state', id: 'unit', value: `${unit}.2`, label: { text: 'Unit $index' } },
    ]),
    readingColumns([
      { group: 'sensor', class: 'power', id: 'poe', value: `${poe}.2`, label: { text: 'PoE $index' }, scale: 0.001 },
      { group: 'sensor', class: 'current', id: 'poe', value: `${poe}.3`, label: { text: 'PoE $index' }, scale: 0.001 },
      {
        group: 'sensor',
        class: 'voltage',
        id: 'poe',
        value: `${poe}.4`,
        label: { text: 'PoE $index' },
        // V by Broadcom's MIB, mV by that of some makers.
        convert: (value) => (value > 1_000 ? value / 1_000 : value),
      },
    ]),
  ];
}

/** For a column of free memory: the share that is used. */
const usedOf = (total: Oid): Pick<ReadingColumn, 'uses' | 'convert'> => ({
  uses: [total],
  convert(free, cell) {
    const whole = numberOf(cell(total));
    return whole === null || whole <= 0 ? null : 100 * (1 - free / whole);
  },
});
