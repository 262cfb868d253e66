import { defineTable, type ProbeReading, type Profile } from '../profile.ts';
import { channelMegahertz } from '../readings/ieee80211.ts';
import { BadReadingError } from '../snmp/bad-reading.ts';
import { numberOf } from '../snmp/value.ts';

/** Channel of each network of each radio (IEEE802dot11-MIB, dot11CurrentChannel). */
const channels = defineTable({
  columns: { channel: '1.2.840.10036.4.5.1.1' },
  dynamic: ['channel'],
  read(rows) {
    const readings: ProbeReading[] = [];
    let last: number | null = null;
    for (const [index, row] of rows) {
      const channel = numberOf(row.channel);
      // Networks of one radio come one after the other and share its channel.
      if (channel === null || channel === last) continue;
      last = channel;
      const value = channelMegahertz(channel);
      if (value === null) throw new BadReadingError('wrong-type');
      readings.push({
        group: 'wireless',
        class: 'frequency',
        index,
        value,
        unit: 'MHz',
        label: `Radio of network ${index}`,
      });
    }
    return readings;
  },
});

/** What Meraki's cloud manages; the devices themselves tell little over SNMP. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.29671' }],
  identity: {
    vendor: [{ text: 'Cisco Meraki' }],
    os: [
      { from: 'sysDescr', pattern: /Managed AP$/, text: 'merakimr' },
      { from: 'sysDescr', pattern: /\bM[XZ]\d|Managed (?:Router|Security|Teleworker)/, text: 'merakimx' },
      { text: 'merakims' },
    ],
    model: [{ from: 'sysDescr' }],
    version: [],
    serial: [],
  },
  readings: [channels],
};
