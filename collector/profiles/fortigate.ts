import type { Profile } from '../profile.ts';
import { fortinetSensors } from '../readings/fortinet-sensors.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';

/** FORTINET-FORTIGATE-MIB */
const GATE = '1.3.6.1.4.1.12356.101';
const MODEL = '1.3.6.1.2.1.47.1.1.1.1.13.1';

/** Firewalls of Fortinet. */
export const profile: Profile = {
  match: [{ objectId: GATE }, { objectId: '1.3.6.1.4.1.12356.15' }],
  identity: {
    vendor: [{ text: 'Fortinet' }],
    os: [{ text: 'fortigate' }],
    model: [
      { oid: MODEL, pattern: /^FGT_?(.+)/, text: 'FortiGate $1' },
      { oid: MODEL, pattern: /^FWF_?(.+)/, text: 'FortiWiFi $1' },
      { oid: MODEL, pattern: /^FGR_?(.+)/, text: 'FortiGateRugged $1' },
      { oid: MODEL },
      { from: 'sysDescr', pattern: /^FORTIGATE .+/i },
    ],
    version: [{ oid: `${GATE}.4.1.1.0` }],
    serial: [{ oid: '1.3.6.1.2.1.47.1.1.1.1.11.1' }, { oid: '1.3.6.1.4.1.12356.100.1.1.1.0' }],
  },
  readings: [
    readingColumns([
      usage('processor', `${GATE}.4.1.3`, 'Processor', { id: 'system' }),
      usage('memory', `${GATE}.4.1.4`, 'Memory'),
      usage('storage', `${GATE}.4.1.6`, 'Disk', { of: `${GATE}.4.1.7` }),
      sensor('count', `${GATE}.4.1.8`, 'Sessions', { id: 'sessions' }),
      sensor('count', `${GATE}.4.1.11`, 'Sessions a second', { id: 'session-rate' }),
      sensor('count', `${GATE}.12.1.1`, 'IPsec tunnels', { id: 'ipsec' }),
      { group: 'wireless', class: 'ap-count', value: `${GATE}.14.2.5`, label: { text: 'Access points' } },
      { group: 'wireless', class: 'clients', value: `${GATE}.14.2.7`, label: { text: 'All access points' } },
    ]),
    readingColumns([usage('processor', `${GATE}.4.4.2.1.2`, 'Core $index')]),
    fortinetSensors,
    readingColumns([sensor('percent', `${GATE}.23.2.1.1.2`, 'DHCP server $index', { id: 'dhcp' })]),
    readingColumns([
      sensor('state', `${GATE}.12.2.3.1.1`, 'SSL VPN $index', { id: 'ssl-vpn' }),
      sensor('count', `${GATE}.12.2.3.1.2`, 'SSL VPN $index users', { id: 'ssl-users' }),
      sensor('count', `${GATE}.12.2.3.1.6`, 'SSL VPN $index tunnels', { id: 'ssl-tunnels' }),
    ]),
    readingColumns([
      sensor('state', `${GATE}.13.2.1.1.12`, '', { label: `${GATE}.13.2.1.1.11`, says: 'in step', id: 'ha' }),
    ]),
    readingColumns([sensor('state', `${GATE}.12.2.2.1.20`, '', { label: `${GATE}.12.2.2.1.3`, id: 'tunnel' })]),
  ],
};
