import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import type { Oid } from '../snmp/value.ts';

/** hwSiteMonitorMIB */
const SITE: Oid = '1.3.6.1.4.1.2011.6.164.1';
/** Sensors that are not fitted. */
const NONE = { absent: [2 ** 31 - 1] } as const;
const TENTH = { scale: 0.1, ...NONE } as const;

/** Site monitors in power cabinets of Huawei: rectifiers, batteries, AC and DC distribution. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux GSE\d/ },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux/, object: { oid: `${SITE}.1.1.4.0` } },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux/, object: { oid: `${SITE}.3.1.4.0` } },
    { objectId: '1.3.6.1.4.1.2011.6.164' },
  ],
  identity: {
    vendor: [{ text: 'Huawei' }],
    os: [{ text: 'huawei-smu' }],
    model: [],
    version: [{ column: `${SITE}.2.2.1.1.5` }],
    serial: [],
  },
  readings: [
    readingColumns([
      sensor('state', `${SITE}.1.1.10`, 'Site', { id: 'site' }),
      sensor('count', `${SITE}.1.2.3`, 'Alarms', { id: 'alarms' }),
      sensor('current', `${SITE}.3.1.3`, 'Rectifiers', { id: 'rectifiers', ...TENTH }),
      sensor('count', `${SITE}.3.1.4`, 'Rectifiers', { id: 'rectifiers' }),
      sensor('voltage', `${SITE}.3.1.5`, 'Rectifiers, rated', { id: 'rectifiers-rated', ...TENTH }),
      sensor('voltage', `${SITE}.3.1.6`, 'Rectifiers, adjusted', { id: 'rectifiers-adjusted', ...TENTH }),
      sensor('state', `${SITE}.3.1.8`, 'Rectifiers', { id: 'rectifiers' }),
      sensor('power', `${SITE}.3.1.9`, 'Rectifiers', { id: 'rectifiers', ...NONE }),
      sensor('load', `${SITE}.3.1.10`, 'Rectifiers', { id: 'rectifiers', ...NONE }),
      sensor('count', `${SITE}.4.1.3`, 'Battery strings', { id: 'batteries' }),
      sensor('current', `${SITE}.4.2.1`, 'Batteries', { id: 'batteries', ...TENTH }),
      sensor('runtime', `${SITE}.4.2.2`, 'Batteries', { id: 'batteries', ...NONE }),
      sensor('state', `${SITE}.4.2.3`, 'Battery charge', { id: 'batteries' }),
      sensor('charge', `${SITE}.4.2.10`, 'Batteries', { id: 'batteries', ...NONE }),
      sensor('count', `${SITE}.5.1.4`, 'AC inputs', { id: 'ac' }),
      sensor('current', `${SITE}.5.1.3`, 'AC', { id: 'ac', ...TENTH }),
      sensor('voltage', `${SITE}.6.1.3`, 'DC', { id: 'dc', ...TENTH }),
      sensor('current', `${SITE}.6.1.4`, 'DC', { id: 'dc', ...TENTH }),
      sensor('power', `${SITE}.6.1.5`, 'DC', { id: 'dc', ...NONE }),
      sensor('count', `${SITE}.6.1.6`, 'DC outputs', { id: 'dc' }),
    ]),
    readingColumns([sensor('state', `${SITE}.2.2.1.1.99`, 'Monitor $index', { id: 'monitor' })]),
    readingColumns([
      sensor('current', `${SITE}.3.2.2.1.2`, 'Rectifier $index', { id: 'rectifier', ...TENTH }),
      sensor('voltage', `${SITE}.3.2.2.1.3`, 'Rectifier $index', { id: 'rectifier', ...TENTH }),
      sensor('power', `${SITE}.3.2.2.1.5`, 'Rectifier $index', { id: 'rectifier', ...NONE }),
      sensor('voltage', `${SITE}.3.2.2.1.6`, 'Rectifier $index AC', { id: 'rectifier-ac', ...TENTH }),
      sensor('temperature', `${SITE}.3.2.2.1.8`, 'Rectifier $index', { id: 'rectifier', ...TENTH }),
      sensor('state', `${SITE}.3.2.2.1.99`, 'Rectifier $index', { id: 'rectifier' }),
    ]),
    readingColumns([
      sensor('current', `${SITE}.4.4.2.1.2`, 'Battery string $index', { id: 'string', ...TENTH }),
      sensor('charge', `${SITE}.4.4.2.1.3`, 'Battery string $index', { id: 'string', ...TENTH }),
      sensor('temperature', `${SITE}.4.4.2.1.6`, 'Battery string $index', { id: 'string', ...TENTH }),
      sensor('state', `${SITE}.4.4.2.1.99`, 'Battery string $index', { id: 'string' }),
    ]),
    readingColumns([
      ...['A', 'B', 'C'].flatMap((phase, at) => [
        sensor('voltage', `${SITE}.5.2.1.1.${4 + at}`, `AC $index phase ${phase}`, { id: `ac-${phase}`, ...TENTH }),
        sensor('current', `${SITE}.5.2.1.1.${7 + at}`, `AC $index phase ${phase}`, { id: `ac-${phase}`, ...TENTH }),
      ]),
      sensor('state', `${SITE}.5.2.1.1.99`, 'AC $index', { id: 'ac-input' }),
      sensor('voltage', `${SITE}.6.2.1.1.4`, 'DC output $index', { id: 'dc-output', ...TENTH }),
      sensor('current', `${SITE}.6.2.1.1.5`, 'DC output $index', { id: 'dc-output', ...TENTH }),
      sensor('power', `${SITE}.6.2.1.1.6`, 'DC output $index', { id: 'dc-output', ...NONE }),
      sensor('load', `${SITE}.6.2.1.1.8`, 'DC output $index', { id: 'dc-output', ...NONE }),
      sensor('state', `${SITE}.6.2.1.1.99`, 'DC output $index', { id: 'dc-output' }),
      // Where the unit lets go of its load.
      sensor('voltage', `${SITE}.7.2.1.1.5`, '', {
        label: `${SITE}.7.2.1.1.3`,
        says: 'disconnects',
        id: 'lvd',
        ...TENTH,
      }),
      sensor('state', `${SITE}.7.2.1.1.99`, '', { label: `${SITE}.7.2.1.1.3`, id: 'lvd' }),
    ]),
    readingColumns([
      sensor('temperature', `${SITE}.8.2.1.1.4`, '', { label: `${SITE}.8.2.1.1.3`, id: 'ambient', ...NONE }),
    ]),
    readingColumns([sensor('state', `${SITE}.8.2.3.1.99`, '', { label: `${SITE}.8.2.3.1.3`, id: 'input' })]),
  ],
};
