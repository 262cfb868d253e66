import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

const MORNINGSTAR = '1.3.6.1.4.1.33333';
/** GENSTAR: figures in texts, "nan" where there is none. */
const GENSTAR = `${MORNINGSTAR}.10`;
const TEXT = { inText: /^-?\d+(?:\.\d+)?/ } as const;
/** TRISTAR-MPPT: figures as its converter gives them, full scale 180 V, 80 A, 3,600 W at 2^15. */
const TRISTAR = `${MORNINGSTAR}.2`;
const VOLTS = { scale: 180 / 32_768 } as const;
const AMPERES = { scale: 80 / 32_768 } as const;
const WATTS = { scale: 3_600 / 32_768 } as const;

const genStar = readingColumns([
  sensor('voltage', `${GENSTAR}.30`, 'Battery', { id: 'battery', ...TEXT }),
  sensor('voltage', `${GENSTAR}.31`, 'Load', { id: 'load', ...TEXT }),
  sensor('current', `${GENSTAR}.34`, 'Charging', { id: 'charging', ...TEXT }),
  sensor('current', `${GENSTAR}.35`, 'Load', { id: 'load', ...TEXT }),
  sensor('temperature', `${GENSTAR}.36`, 'Battery', { id: 'battery', ...TEXT }),
  sensor('temperature', `${GENSTAR}.38`, 'Heatsink', { id: 'heatsink', ...TEXT }),
  sensor('state', `${GENSTAR}.39`, 'Charging', { id: 'charging' }),
  sensor('charge', `${GENSTAR}.41`, 'Battery', { id: 'battery', ...TEXT }),
  sensor('state', `${GENSTAR}.46`, 'Load', { id: 'load' }),
  sensor('power', `${GENSTAR}.93`, 'Charging', { id: 'charging', ...TEXT }),
  sensor('current', `${GENSTAR}.94`, 'Battery', { id: 'battery', ...TEXT }),
  sensor('voltage', `${GENSTAR}.95`, 'Array', { id: 'array', ...TEXT }),
  sensor('current', `${GENSTAR}.96`, 'Array', { id: 'array', ...TEXT }),
]);
const triStar = readingColumns([
  sensor('voltage', `${TRISTAR}.30`, 'Array', { id: 'tristar-array', ...VOLTS }),
  sensor('current', `${TRISTAR}.31`, 'Array', { id: 'tristar-array', ...AMPERES }),
  sensor('power', `${TRISTAR}.32`, 'Array', { id: 'tristar-array', ...WATTS }),
  sensor('voltage', `${TRISTAR}.36`, 'Battery', { id: 'tristar-battery', ...VOLTS }),
  sensor('current', `${TRISTAR}.42`, 'Battery', { id: 'tristar-battery', ...AMPERES }),
  sensor('power', `${TRISTAR}.44`, 'Charging', { id: 'tristar-charging', ...WATTS }),
  sensor('state', `${TRISTAR}.46`, 'Charging', { id: 'tristar-charging' }),
  sensor('temperature', `${TRISTAR}.48`, 'Battery', { id: 'tristar-battery' }),
  sensor('temperature', `${TRISTAR}.49`, 'Heatsink', { id: 'tristar-heatsink' }),
]);

/** Morningstar's solar chargers: GenStar and TriStar MPPT. */
export const profile: Profile = {
  match: [{ objectId: MORNINGSTAR }],
  identity: {
    vendor: [{ text: 'Morningstar' }],
    os: [{ text: 'morningstar-mppt' }],
    model: [{ oid: `${GENSTAR}.1.0` }, { oid: `${TRISTAR}.1.0` }],
    version: [{ oid: `${GENSTAR}.3.0` }, { oid: `${TRISTAR}.3.0` }],
    serial: [{ oid: `${GENSTAR}.2.0` }, { oid: `${TRISTAR}.2.0` }],
  },
  readings: [genStar, triStar],
};
