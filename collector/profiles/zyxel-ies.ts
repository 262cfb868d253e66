import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';

/** ZYXEL-IES5000-MIB: rows by chassis and slot. */
const IES = '1.3.6.1.4.1.890.1.5.13.5';
const STATUS = `${IES}.11.3`;

/** Chassis of Zyxel for DSL and fibre: IES-5000, IES-5200. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.890.1.5.13' }],
  identity: {
    vendor: [{ text: 'Zyxel' }],
    os: [{ from: 'sysDescr', pattern: /^MSC/, text: 'ies52xxM' }, { text: 'ies5000' }],
    model: [{ from: 'sysDescr' }],
    version: [],
    serial: [{ oid: `${IES}.6.2.1.3.0` }],
  },
  readings: [
    readingColumns([usage('processor', `${STATUS}.4.1.2`, 'Slot $index')]),
    readingColumns([sensor('fanspeed', `${STATUS}.1.1.2`, 'Fan $index')]),
    readingColumns([sensor('voltage', `${STATUS}.2.1.2`, 'Slot $index', { scale: 0.001 })]),
    readingColumns([sensor('temperature', `${STATUS}.3.1.2`, 'Slot $index')]),
    readingColumns([sensor('state', `${IES}.6.3.1.7`, 'Slot $index', { id: 'slot' })]),
    readingColumns([
      sensor('state', `${IES}.11.1.1`, 'System', { id: 'system' }),
      sensor('state', `${IES}.11.1.2.1`, 'Alarm', { id: 'alarm' }),
    ]),
  ],
};
