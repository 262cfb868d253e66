import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

const IDENT = '1.3.6.1.4.1.318.1.1.30.2.1.1';
const STATUS = '1.3.6.1.4.1.318.1.1.30.4.2.1';
/** Older firmware answers below an enterprise that is not APC's, in texts with their units. */
const OLD = '1.3.6.1.4.1.1.1';

/** Easy PDU of APC: inputs, their voltage in tenths, current in hundredths, energy in Wh. */
const inputs = readingColumns([
  sensor('voltage', `${STATUS}.4`, 'Input $index', { id: 'input', scale: 0.1 }),
  sensor('current', `${STATUS}.5`, 'Input $index', { id: 'input', scale: 0.01 }),
  sensor('power', `${STATUS}.6`, 'Input $index', { id: 'input' }),
  sensor('power_consumed', `${STATUS}.10`, 'Input $index', { id: 'input', scale: 0.001 }),
]);

const textInputs = readingColumns([
  sensor('voltage', `${OLD}.1`, 'Input $index', { id: 'text-input', inText: true }),
  sensor('current', `${OLD}.2`, 'Input $index', { id: 'text-input', inText: true }),
  sensor('power', `${OLD}.3`, 'Input $index', { id: 'text-input', inText: true, scale: 1_000 }),
  sensor('power_factor', `${OLD}.6`, 'Input $index', { id: 'text-input', inText: true }),
  sensor('power_consumed', `${OLD}.7`, 'Input $index', { id: 'text-input', inText: true }),
  sensor('frequency', `${OLD}.27`, 'Input $index', { id: 'text-input', inText: true }),
  sensor('temperature', `${OLD}.28`, 'Probe $index', { id: 'text-probe', inText: true }),
  sensor('humidity', `${OLD}.29`, 'Probe $index', { id: 'text-probe', inText: true }),
]);

/** Easy PDU of APC. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.318.1.3.4.9' },
    { objectId: '1.3.6.1.4.1.0', object: { oid: `${OLD}.38.1`, pattern: /^Ver\d/ } },
  ],
  identity: {
    vendor: [{ text: 'APC' }],
    os: [{ text: 'apc-epdu' }],
    model: [{ oid: `${IDENT}.4.1` }],
    version: [
      { oid: `${IDENT}.3.1`, pattern: /(\d.*)/ },
      { oid: `${OLD}.38.1`, pattern: /(\d.*)/ },
    ],
    serial: [{ oid: `${IDENT}.5.1` }],
  },
  readings: [inputs, textInputs],
};
