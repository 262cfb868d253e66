import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';
import { ZYXEL_MGMT } from '../readings/zyxel.ts';

/** Older firewalls tell their use in ZYXEL-ES-ZyxelAPMgmt's tree. */
const OLD = '1.3.6.1.4.1.890.1.6.22.1';

/** Firewalls of Zyxel: ZyWALL, USG, ATP, VPN and USG FLEX. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^(?:USG|ATP|VPN|ZyWALL)/ },
    { objectId: '1.3.6.1.4.1.890.1.15', descr: /^(?:USG|ATP|VPN|ZyWALL)/ },
    { objectId: '1.3.6.1.4.1.890', descr: /^(?:USG|ATP|VPN|ZyWALL)/ },
  ],
  identity: {
    vendor: [{ text: 'Zyxel' }],
    os: [{ from: 'sysObjectID', pattern: /\.890\./, text: 'zywall' }, { text: 'zyxelusg' }],
    model: [{ oid: `${ZYXEL_MGMT}.1.11.0` }, { from: 'sysDescr' }],
    version: [{ oid: `${ZYXEL_MGMT}.1.6.0`, pattern: /^[^|\s]+/ }],
    serial: [{ oid: `${ZYXEL_MGMT}.1.12.0` }],
  },
  readings: [
    readingColumns([
      usage('processor', `${ZYXEL_MGMT}.2.4`, 'Processor', { id: 'zyxel' }),
      usage('processor', `${OLD}.1`, 'Processor', { id: 'old' }),
      usage('memory', `${ZYXEL_MGMT}.2.5`, 'Memory', { id: 'zyxel' }),
      usage('memory', `${OLD}.2`, 'Memory', { id: 'old' }),
      usage('storage', `${ZYXEL_MGMT}.2.6`, 'Flash', { id: 'zyxel' }),
      sensor('count', `${ZYXEL_MGMT}.1.19`, 'Sessions', { id: 'sessions' }),
      sensor('count', `${OLD}.6`, 'Sessions', { id: 'old-sessions' }),
    ]),
    hrProcessors,
    hrStorage,
  ],
};
