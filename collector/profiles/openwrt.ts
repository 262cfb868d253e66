import { defineTable, type ProbeReading, type Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { EXTEND_FIRST_LINE, EXTEND_OUTPUT, extendIndex, extendName } from '../readings/net-snmp-extend.ts';
import { ucdReadings } from '../readings/ucd.ts';
import { unitOf } from '../readings/units.ts';
import { numberOf, textOf } from '../snmp/value.ts';

const DISTRO = `${EXTEND_FIRST_LINE}.${extendIndex('distro')}`;
const HARDWARE = `${EXTEND_FIRST_LINE}.${extendIndex('hardware')}`;
/** Class, direction of a rate, interface, and which of the figures over its clients. */
const SCRIPT = /^(clients|frequency|noise-floor|rate|snr)-(?:(rx|tx)-)?(.+?)(?:-(min|avg|max))?$/;
/** Names a line `wlan0,Hotspot` for each radio. */
const INTERFACES = 'interfaces';

/**
 * Radios by the customary scripts of OpenWrt's snmpd (`clients-wlan0`, `rate-tx-wlan0-avg` …): bit/s, MHz, dBm, dB.
 */
const scripts = defineTable({
  columns: { line: EXTEND_FIRST_LINE, whole: EXTEND_OUTPUT },
  dynamic: ['line'],
  wants: (row, index) => row.line !== undefined && SCRIPT.test(extendName(index)),
  read(rows) {
    const names = new Map(
      textOf(rows.get(extendIndex(INTERFACES))?.whole)
        .split('\n')
        .map((line): [string, string] => {
          const [device = '', name = device] = line.split(',');
          return [device.trim(), name.trim()];
        }),
    );
    return [...rows].flatMap(([index, row]): readonly ProbeReading[] => {
      const [script, kind, direction = '', device = '', figure = ''] = SCRIPT.exec(extendName(index)) ?? [];
      if (script === undefined || kind === undefined) return [];
      const value = textOf(row.line).trim() === '' ? null : numberOf(row.line);
      if (value === null) return [];
      const label = [names.get(device) ?? device, direction, figure].filter((part) => part !== '').join(' ');
      const place = script.slice(kind.length + 1);
      return [{ group: 'wireless', class: kind, index: place, value, unit: unitOf('wireless', kind), label }];
    });
  },
});

/** Access points and routers with OpenWrt and Net-SNMP's agent. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /OpenWrt/i },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux /, object: { oid: DISTRO, pattern: /OpenWrt/i } },
  ],
  identity: {
    vendor: [{ text: 'OpenWrt' }],
    os: [{ text: 'openwrt' }],
    model: [{ oid: HARDWARE }],
    version: [{ oid: DISTRO, pattern: /OpenWrt\s+(\S+)/i }],
    serial: [],
  },
  readings: [hrProcessors, hrStorage, ...ucdReadings, scripts],
};
