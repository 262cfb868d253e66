import type { Profile } from '../profile.ts';
import { fastpathReadings } from '../readings/broadcom-fastpath.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { poeBudget } from '../readings/power-ethernet.ts';
import { ucdMemory, ucdProcessor } from '../readings/ucd.ts';

/** The name before the comma or the version: "EdgeSwitch 24-Port 250W, 1.8.0.5106045, Linux 3.6.5", "USW-Flex 5.76.7". */
const SWITCH = /^(?:EdgeSwitch|EdgePoint Switch|ES-|EP-S|UISP Switch|UISP-S|USW|US-|USL|USMINI|USFXG|USAGGPRO)/;

/** Switches of the Edge, UISP and UniFi lines. */
export const profile: Profile = {
  match: [
    { descr: SWITCH },
    { objectId: '1.3.6.1.4.1.4413', descr: SWITCH },
    { objectId: '1.3.6.1.4.1.41112', descr: SWITCH },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: SWITCH },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux UBNT \d/ },
  ],
  identity: {
    vendor: [{ text: 'Ubiquiti' }],
    os: [{ text: 'edgeswitch' }],
    model: [
      { from: 'sysDescr', pattern: /^([^,]+),/ },
      { from: 'sysDescr', pattern: /^(?!Linux\b)(\S+) \d+\.\d/ },
      { from: 'sysDescr', pattern: /^(?!Linux\b)[^,]+$/ },
    ],
    version: [
      { from: 'sysDescr', pattern: /^[^,]+, (?:firmware )?([^\s,]+)/ },
      { from: 'sysDescr', pattern: /^(?!Linux\b)\S+ (\d+\.\d\S*)/ },
    ],
    // entPhysicalSerialNum of the first unit.
    serial: [{ oid: '1.3.6.1.2.1.47.1.1.1.1.11.1' }],
  },
  readings: [...fastpathReadings('1.3.6.1.4.1.4413.1.1'), poeBudget, hrProcessors, hrStorage, ucdProcessor, ucdMemory],
};
