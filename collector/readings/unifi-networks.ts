import { defineTable, type ProbeReading } from '../profile.ts';
import { numberOf, textOf } from '../snmp/value.ts';
import type { Table, TableRow } from '../snmp/walk.ts';
import { channelMegahertz } from './ieee80211.ts';
import { unitOf } from './units.ts';

/** UBNT-UniFi-MIB. */
export const UNIFI = '1.3.6.1.4.1.41112.1.6';
const VAP = `${UNIFI}.1.2.1`;

type Column = 'ccq' | 'channel' | 'essid' | 'stations' | 'radio' | 'txPower';

/**
 * The networks of an access point (unifiVapTable): a row a network and radio. Clients are counted by network and by
 * radio; channel and power are the radio's.
 */
export const unifiNetworks = defineTable<Column>({
  columns: {
    ccq: `${VAP}.3`,
    channel: `${VAP}.4`,
    essid: `${VAP}.6`,
    stations: `${VAP}.8`,
    radio: `${VAP}.9`,
    txPower: `${VAP}.21`,
  },
  dynamic: ['ccq', 'channel', 'stations', 'txPower'],
  read(rows) {
    const readings: ProbeReading[] = [];
    const give = (name: string, index: string, label: string, value: number | null): void => {
      if (value === null || value < 0) return;
      readings.push({ group: 'wireless', class: name, index, value, unit: unitOf('wireless', name), label });
    };
    for (const [essid, members] of groupsOf(rows, 'essid')) {
      give('clients', `network.${essid}`, `SSID: ${essid}`, clientsOf(members));
    }
    for (const [radio, members] of groupsOf(rows, 'radio')) {
      give('clients', `radio.${radio}`, radio, clientsOf(members));
      const [first] = members;
      const channel = numberOf(first?.channel);
      give('frequency', radio, radio, channel === null ? null : channelMegahertz(channel, BANDS[radio]));
      give('power', radio, radio, numberOf(first?.txPower));
    }
    for (const [index, row] of rows) {
      const ccq = numberOf(row.ccq);
      const essid = textOf(row.essid).trim();
      // Tenths of a percent; more than all is what drivers that do not measure it give.
      if (essid !== '' && ccq !== null) give('ccq', index, `SSID: ${essid}`, Math.min(100, ccq / 10));
    }
    return readings;
  },
});

/** What UniFi calls its radios; 5 GHz is told by the channel. */
const BANDS: Readonly<Record<string, 2.4 | 5 | 6>> = { ng: 2.4, na: 5, '6e': 6, '6g': 6 };

type Rows = readonly TableRow<Column>[];

function groupsOf(rows: Table<Column>, column: 'essid' | 'radio'): ReadonlyMap<string, Rows> {
  const groups = new Map<string, TableRow<Column>[]>();
  for (const row of rows.values()) {
    const name = textOf(row[column]).trim();
    if (name !== '') groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return groups;
}

const clientsOf = (rows: Rows): number | null => {
  const counts = rows.map((row) => numberOf(row.stations)).filter((count) => count !== null);
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
};
