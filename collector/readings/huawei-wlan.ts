import { defineTable, type ProbeReading, type ReadingTable } from '../profile.ts';
import { numberOf, type Oid } from '../snmp/value.ts';
import { readingColumns } from './reading-columns.ts';
import { sensor } from './sensor.ts';

const WLAN: Oid = '1.3.6.1.4.1.2011.6.139';

/** hwWlanSsidStatTable (HUAWEI-WLAN-VAP-MIB): the index is the SSID, its length before its characters. */
const clients = defineTable({
  columns: { on2g: `${WLAN}.17.1.2.1.2`, on5g: `${WLAN}.17.1.2.1.3` },
  dynamic: ['on2g', 'on5g'],
  read(rows) {
    const readings: ProbeReading[] = [];
    const add = (index: string, value: number, label: string): void => {
      readings.push({ group: 'wireless', class: 'clients', index, value, unit: '', label });
    };
    let total = 0;
    for (const [index, row] of rows) {
      const ssid = String.fromCharCode(...index.split('.').slice(1).map(Number));
      const [on2g, on5g] = [numberOf(row.on2g) ?? 0, numberOf(row.on5g) ?? 0];
      total += on2g + on5g;
      add(index, on2g + on5g, `SSID: ${ssid}`);
      add(`2.4.${index}`, on2g, `SSID: ${ssid} (2.4 GHz)`);
      add(`5.${index}`, on5g, `SSID: ${ssid} (5 GHz)`);
    }
    if (rows.size > 0) add('total', total, 'All SSIDs');
    return readings;
  },
});

/** What wireless controllers tell of their access points and clients, and of the controller beside them. */
export const huaweiWlan: readonly ReadingTable[] = [
  readingColumns([
    { group: 'wireless', class: 'ap-count', value: `${WLAN}.12.1.2.1`, label: { text: 'Access points' } },
    sensor('state', `${WLAN}.11.1.83.6.1.4`, 'Role of the peer', { id: 'peer-role' }),
    sensor('state', `${WLAN}.11.1.83.6.1.7`, 'Redundancy', { id: 'redundancy' }),
  ]),
  clients,
];
