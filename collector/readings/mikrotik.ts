import { type ReadingColumn, readingColumns } from './reading-columns.ts';

/** MIKROTIK-MIB, mtXRouterOs: what RouterOS and SwOS have in common. */
export const MIKROTIK = '1.3.6.1.4.1.14988.1.1';

const HEALTH = `${MIKROTIK}.3`;
const POE = `${MIKROTIK}.15.1.1`;
const OPTICAL = `${MIKROTIK}.19.1.1`;

const volts = (object: number, text: string): ReadingColumn => ({
  group: 'sensor',
  class: 'voltage',
  id: `health.${object}`,
  value: `${HEALTH}.${object}`,
  label: { text },
  scale: 0.1,
});
const degrees = (object: number, text: string): ReadingColumn => ({
  ...volts(object, text),
  class: 'temperature',
});

/** Scalars of mtxrHealth: boards of before the table of gauges have only these, later ones some of them beside it. */
export const health = readingColumns([
  volts(1, 'Core voltage'),
  volts(2, '3.3 V'),
  volts(3, '5 V'),
  volts(4, '12 V'),
  degrees(5, 'Sensor chip'),
  degrees(6, 'Near the processor'),
  degrees(7, 'Board'),
  volts(8, 'Supply voltage'),
  degrees(10, 'Temperature'),
  degrees(11, 'Processor'),
  { group: 'sensor', class: 'power', id: 'health', value: `${HEALTH}.12`, label: { text: 'Power' }, scale: 0.1 },
  { group: 'sensor', class: 'current', id: 'health', value: `${HEALTH}.13`, label: { text: 'Current' }, scale: 0.001 },
  // 0 failed, 1 in order.
  { group: 'sensor', class: 'state', id: 'psu', value: `${HEALTH}.15`, label: { text: 'Power supply' } },
  { group: 'sensor', class: 'state', id: 'backup-psu', value: `${HEALTH}.16`, label: { text: 'Backup power supply' } },
  fanspeed(17, 'Fan 1', 'fan1'),
  fanspeed(18, 'Fan 2', 'fan2'),
]);

/** Left out where the table of gauges has the fan too. */
function fanspeed(object: number, text: string, id: string): ReadingColumn {
  const unless = { columns: [`${HEALTH}.100.1.4`], in: 'device' } as const;
  return { group: 'sensor', class: 'fanspeed', id, value: `${HEALTH}.${object}`, label: { text }, unless };
}

const poeLabel = `${POE}.2`;

/** Ports that power others (mtxrPOETable). */
export const poe = readingColumns([
  { group: 'sensor', class: 'voltage', id: 'poe', value: `${POE}.4`, label: poeLabel, scale: 0.1 },
  { group: 'sensor', class: 'current', id: 'poe', value: `${POE}.5`, label: poeLabel, scale: 0.001 },
  { group: 'sensor', class: 'power', id: 'poe', value: `${POE}.6`, label: poeLabel, scale: 0.1 },
  // 1 disabled, 2 waiting for a load, 3 powered, 4 overload, 5 short circuit.
  { group: 'sensor', class: 'state', id: 'poe', value: `${POE}.3`, label: poeLabel },
]);

const opticalLabel = `${OPTICAL}.2`;
/** Below zero as 32 and 16 bits without a sign; −128 °C stands for no module. */
const signed = (value: number): number =>
  value >= 2 ** 31 ? value - 2 ** 32 : value >= 2 ** 15 ? value - 2 ** 16 : value;
const degreesOfModule = (value: number): number | null => (signed(value) <= -128 ? null : signed(value));

/**
 * Optical modules (mtxrOpticalTable). RouterOS gives zeros for a cage without a module that measures.
 * @param where which rows count; all when absent
 */
export const opticalModules = (where?: NonNullable<ReadingColumn['where']>) =>
  readingColumns(
    [
      { class: 'temperature', value: `${OPTICAL}.6`, convert: degreesOfModule },
      { class: 'voltage', value: `${OPTICAL}.7`, scale: 0.001 },
      { class: 'current', value: `${OPTICAL}.8`, scale: 0.001 },
      { class: 'dbm', part: '.tx', value: `${OPTICAL}.9`, scale: 0.001 },
      { class: 'dbm', part: '.rx', value: `${OPTICAL}.10`, scale: 0.001 },
      // 0 no, 1 yes.
      { class: 'state', part: '.rx-loss', value: `${OPTICAL}.3` },
      { class: 'state', part: '.tx-fault', value: `${OPTICAL}.4` },
    ].map(({ part = '', ...column }) => ({
      ...column,
      group: 'sensor' as const,
      id: `optical${part}`,
      label: opticalLabel,
      ...(where === undefined ? {} : { where }),
    })),
  );
/** The module's supply voltage, which is 0 where there is none. */
export const OPTICAL_VOLTAGE = `${OPTICAL}.7`;
