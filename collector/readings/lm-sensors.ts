import { readingColumns } from './reading-columns.ts';

const LM_SENSORS = '1.3.6.1.4.1.2021.13.16';
/** Values are Gauge32: what is below nought comes out near 2^32. */
const signed = (value: number): number => (value >= 2 ** 31 ? value - 2 ** 32 : value);

/** Sensors of a Linux host's boards (LM-SENSORS-MIB): thousandths of °C and V, rpm. */
export const lmSensors = [
  readingColumns([
    {
      group: 'sensor',
      class: 'temperature',
      value: `${LM_SENSORS}.2.1.3`,
      label: `${LM_SENSORS}.2.1.2`,
      id: 'lm',
      // A sensor that is not wired.
      absent: [0],
      convert: (value) => signed(value) / 1000,
    },
  ]),
  readingColumns([
    { group: 'sensor', class: 'fanspeed', value: `${LM_SENSORS}.3.1.3`, label: `${LM_SENSORS}.3.1.2`, id: 'lm' },
  ]),
  readingColumns([
    {
      group: 'sensor',
      class: 'voltage',
      value: `${LM_SENSORS}.4.1.3`,
      label: `${LM_SENSORS}.4.1.2`,
      id: 'lm',
      convert: (value) => signed(value) / 1000,
    },
  ]),
];
