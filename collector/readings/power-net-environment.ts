import type { ReadingTable } from '../profile.ts';
import { numberOf, type Oid } from '../snmp/value.ts';
import { POWER_NET } from './power-net-ups.ts';
import { type ReadingColumn, readingColumns } from './reading-columns.ts';
import { celsius, NONE, sensor } from './sensor.ts';

/** Names, temperatures and their unit, humidities of a table of probes. */
type Probes = { readonly name: Oid; readonly temperature: Oid; readonly humidity: Oid; readonly unit?: Oid };

const FAHRENHEIT = 2;

function probes(id: string, { name, temperature, humidity, unit }: Probes): ReadingColumn[] {
  const degrees: Partial<ReadingColumn> =
    unit === undefined
      ? {}
      : {
          uses: [unit],
          convert: (value, cell) => (numberOf(cell(unit)) === FAHRENHEIT ? celsius(value) : value),
        };
  return [
    sensor('temperature', temperature, '', { id, label: name, ...degrees, ...NONE }),
    // A probe without humidity says 0 or -1.
    sensor('humidity', humidity, '', { id, label: name, absent: [-1, 0] }),
  ];
}

const MONITOR = `${POWER_NET}.10`;
const em = `${MONITOR}.1.3.3.1`;
const iem = `${MONITOR}.2.3.2.1`;
const ems = `${MONITOR}.3.13.1.1`;
const mem = `${MONITOR}.4.2.3.1`;
const uio = `${POWER_NET}.25.1.2.1`;
const pdu = `${POWER_NET}.26.10.2.2.1`;
const coolers = `${POWER_NET}.13.3.2.2.2`;

/** Probes of environment monitors, of cards' own inputs, and of PDUs; InRow coolers. */
export const powerNetEnvironment: readonly ReadingTable[] = [
  readingColumns([
    ...probes('em', { name: `${em}.2`, temperature: `${em}.4`, humidity: `${em}.6`, unit: `${em}.5` }),
    ...probes('iem', { name: `${iem}.2`, temperature: `${iem}.4`, humidity: `${iem}.6`, unit: `${iem}.5` }),
    ...probes('ems', { name: `${ems}.2`, temperature: `${ems}.3`, humidity: `${ems}.6` }),
    ...probes('mem', { name: `${mem}.3`, temperature: `${mem}.5`, humidity: `${mem}.6` }),
    ...probes('uio', { name: `${uio}.3`, temperature: `${uio}.6`, humidity: `${uio}.7` }),
    sensor('temperature', `${pdu}.8`, '', { id: 'pdu', label: `${pdu}.3`, scale: 0.1, ...NONE }),
    sensor('humidity', `${pdu}.10`, '', { id: 'pdu', label: `${pdu}.3`, absent: [-1, 0] }),
  ]),
  readingColumns([
    // Dry contacts of a card: 1 no fault, 2 fault, 3 disabled.
    sensor('state', `${MONITOR}.2.3.4.1.3`, '', {
      id: 'contact',
      label: `${MONITOR}.2.3.4.1.2`,
      where: { column: `${MONITOR}.2.3.4.1.2`, is: /^(?!Unknown$)/ },
    }),
    sensor('temperature', `${coolers}.7`, 'Rack inlet', { id: 'rack-inlet', scale: 0.1, ...NONE }),
    sensor('temperature', `${coolers}.9`, 'Supply air', { id: 'supply-air', scale: 0.1, ...NONE }),
    sensor('temperature', `${coolers}.11`, 'Return air', { id: 'return-air', scale: 0.1, ...NONE }),
  ]),
];
