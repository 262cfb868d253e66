import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { NONE, sensor } from '../readings/sensor.ts';

/** EPPC-MIB, in tenths. */
const EPPC = '1.3.6.1.4.1.935.10.1.1';
const INPUT = `${EPPC}.2.16.1`;
const BYPASS = `${EPPC}.2.17.1`;
const OUTPUT = `${EPPC}.2.18.1`;

const scalars = readingColumns([
  sensor('state', `${EPPC}.2.1`, 'UPS', { id: 'ups' }),
  sensor('temperature', `${EPPC}.2.2`, 'UPS', { id: 'ups', scale: 0.1, ...NONE }),
  sensor('state', `${EPPC}.3.1`, 'Battery', { id: 'battery' }),
  sensor('runtime', `${EPPC}.3.3`, 'Battery time remaining', { id: 'remaining', ...NONE }),
  sensor('charge', `${EPPC}.3.4`, 'Battery', { id: 'battery', ...NONE }),
  sensor('voltage', `${EPPC}.3.5`, 'Battery', { id: 'battery', scale: 0.1, ...NONE }),
  sensor('voltage', `${EPPC}.3.6`, 'Battery, negative string', { id: 'battery-negative', scale: 0.1, ...NONE }),
  sensor('temperature', `${EPPC}.6.1.1`, 'Probe', { id: 'probe', scale: 0.1, ...NONE }),
  sensor('humidity', `${EPPC}.6.2.1`, 'Probe', { id: 'probe', scale: 0.1, ...NONE }),
]);
const lines = readingColumns([
  sensor('frequency', `${INPUT}.2`, 'Input $index', { id: 'input', scale: 0.1, ...NONE }),
  sensor('voltage', `${INPUT}.3`, 'Input $index', { id: 'input', scale: 0.1, ...NONE }),
  sensor('current', `${INPUT}.4`, 'Input $index', { id: 'input', scale: 0.1, ...NONE }),
  sensor('power', `${INPUT}.5`, 'Input $index', { id: 'input', ...NONE }),
  sensor('frequency', `${BYPASS}.2`, 'Bypass $index', { id: 'bypass', scale: 0.1, ...NONE }),
  sensor('voltage', `${BYPASS}.3`, 'Bypass $index', { id: 'bypass', scale: 0.1, ...NONE }),
  sensor('frequency', `${OUTPUT}.2`, 'Output $index', { id: 'output', scale: 0.1, ...NONE }),
  sensor('voltage', `${OUTPUT}.3`, 'Output $index', { id: 'output', scale: 0.1, ...NONE }),
  sensor('current', `${OUTPUT}.4`, 'Output $index', { id: 'output', scale: 0.1, ...NONE }),
  sensor('power', `${OUTPUT}.5`, 'Output $index', { id: 'output', ...NONE }),
  sensor('load', `${OUTPUT}.7`, 'Output $index', { id: 'output', ...NONE }),
]);

/** PowerWalker's and others' UPS behind Megatec's newer card. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.935.10.1' }],
  identity: {
    vendor: [{ text: 'PowerWalker' }],
    os: [{ text: 'powerwalker' }],
    model: [{ oid: `${EPPC}.1.2.0` }],
    version: [
      {
        parts: [
          { oid: `${EPPC}.1.3.0`, pattern: /(.+)/, text: 'FW: $1' },
          { oid: `${EPPC}.1.6.0`, pattern: /(.+)/, text: 'NMC: $1' },
        ],
        join: ', ',
      },
    ],
    serial: [],
  },
  readings: [scalars, lines],
};
