import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

/** SP2-MIB: controllers Smartpack S, Smartpack 2 and Compack. */
const ENEXUS = '1.3.6.1.4.1.12148.10';
const BATTERY = `${ENEXUS}.10`;
const MAINS = `${ENEXUS}.3.4.1`;
const RECTIFIER = `${ENEXUS}.5.6.1`;
/** A symmetry's figure, a temperature or a current of a bank that is not measured. */
const UNUSED = { column: `${BATTERY}.18.3.1.5`, is: /^[1-9]/ } as const;

const system = readingColumns([
  sensor('state', `${ENEXUS}.2.1`, 'System', { id: 'system' }),
  sensor('state', `${ENEXUS}.3.1`, 'Mains', { id: 'mains' }),
  sensor('state', `${BATTERY}.1`, 'Battery', { id: 'battery' }),
  sensor('voltage', `${BATTERY}.5.5`, 'Battery', { id: 'battery', scale: 0.01 }),
  sensor('current', `${BATTERY}.6.5`, 'Battery', { id: 'battery', scale: 0.1 }),
  sensor('temperature', `${BATTERY}.7.5`, 'Battery', { id: 'battery' }),
  sensor('runtime', `${BATTERY}.8.5`, 'Battery time remaining', { id: 'remaining' }),
  sensor('count', `${BATTERY}.9.5`, 'Battery capacity left (Ah)', { id: 'battery-left' }),
  sensor('count', `${BATTERY}.10.5`, 'Battery capacity used (Ah)', { id: 'battery-used' }),
  sensor('count', `${BATTERY}.11.5`, 'Battery capacity (Ah)', { id: 'battery-capacity' }),
  sensor('load', `${BATTERY}.12.5`, 'Battery quality', { id: 'battery-quality' }),
  sensor('current', `${ENEXUS}.5.2.5`, 'Rectifiers', { id: 'rectifiers', scale: 0.1 }),
  sensor('current', `${ENEXUS}.9.2.5`, 'Load', { id: 'load' }),
]);
const parts = readingColumns([
  sensor('voltage', `${MAINS}.6`, 'Mains $index', { id: 'mains', label: `${MAINS}.3` }),
  sensor('state', `${RECTIFIER}.2`, 'Rectifier $index', { id: 'rectifier', label: `${RECTIFIER}.5` }),
  sensor('current', `${RECTIFIER}.3`, 'Rectifier $index', { id: 'rectifier', label: `${RECTIFIER}.5`, scale: 0.1 }),
  sensor('voltage', `${RECTIFIER}.4`, 'Rectifier $index input', { id: 'rectifier', label: `${RECTIFIER}.5` }),
  sensor('temperature', `${BATTERY}.18.3.1.6`, 'Battery $index', {
    id: 'bank',
    label: `${BATTERY}.18.3.1.3`,
    where: UNUSED,
    absent: [-100],
  }),
  sensor('current', `${BATTERY}.18.4.1.6`, 'Battery $index', {
    id: 'bank',
    label: `${BATTERY}.18.4.1.3`,
    scale: 0.1,
    where: { column: `${BATTERY}.18.4.1.5`, is: /^[1-9]/ },
  }),
  sensor('voltage', `${BATTERY}.19.6.1.7`, 'Battery symmetry $index', { id: 'symmetry', scale: 0.01 }),
  sensor('state', `${ENEXUS}.12.2.1.2.1`, 'Contactor $index', { id: 'contactor' }),
]);

/** Eltek's DC power systems. */
export const profile: Profile = {
  match: [{ objectId: ENEXUS }],
  identity: {
    vendor: [{ text: 'Eltek' }],
    os: [{ text: 'enexus' }],
    model: [{ oid: `${ENEXUS}.2.6.0` }],
    version: [{ column: `${ENEXUS}.13.8.2.1.8` }],
    serial: [{ oid: `${ENEXUS}.2.7.0` }],
  },
  readings: [system, parts],
};
