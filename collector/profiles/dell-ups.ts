import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { upsMib } from '../readings/ups-mib.ts';

/** DELL-SNMP-UPS-MIB. */
const DELL = '1.3.6.1.4.1.674.10902.2';

const own = readingColumns([
  sensor('state', `${DELL}.110.1`, 'UPS', { id: 'dell-ups' }),
  sensor('power', `${DELL}.120.2.6`, 'System', { id: 'dell-system' }),
  sensor('runtime', `${DELL}.120.5.3`, 'Battery time remaining', { id: 'dell-remaining', scale: 1 / 60 }),
]);

/** Dell's UPS. */
export const profile: Profile = {
  match: [{ objectId: DELL }],
  identity: {
    vendor: [{ text: 'Dell' }],
    os: [{ text: 'dell-ups' }],
    model: [{ oid: `${DELL}.100.1.0` }],
    version: [{ oids: [`${DELL}.100.4.0`, `${DELL}.100.5.0`], join: ' ' }],
    serial: [{ oid: `${DELL}.120.1.2.0` }],
  },
  readings: [...upsMib, own],
};
