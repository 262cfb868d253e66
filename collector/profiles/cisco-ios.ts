import type { Profile } from '../profile.ts';
import { ciscoReadings } from '../readings/cisco.ts';

const PHYSICAL = '1.3.6.1.2.1.47.1.1.1.1';
/** Software of IOS XE names itself by its image, its train, or (on the smallest switches) not at all. */
const IOS_XE = /IOS[- ]?XE|LINUX_IOSD|CAT[39]K|\bV 1\d +\d+ +\d+|\[[A-Z]\w+\]/;

/** Names of CISCO-PRODUCTS-MIB, for devices whose ENTITY-MIB tells no model. */
const PRODUCTS = {
  '516': 'catalyst37xxStack',
  '1208': 'cat29xxStack',
  '1745': 'cat38xxstack',
  '1473': 'ciscoIE20008TCG',
  '2102': 'ciscoASR92024SZM',
  '2989': 'ciscoC83001N1S6T',
} as const;

/** Switches and routers of Cisco with IOS or IOS XE. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.9', descr: /\bIOS\b(?! XR)/ },
    { objectId: '1.3.6.1.4.1.9.1', descr: /\bIOS\b(?! XR)|\(tm\)|Industrial Ethernet|^Cisco +(?:IE|IR|C)\d/ },
  ],
  identity: {
    vendor: [{ text: 'Cisco' }],
    os: [{ from: 'sysDescr', pattern: IOS_XE, text: 'iosxe' }, { text: 'ios' }],
    model: [
      { oid: `${PHYSICAL}.13.1`, pattern: /\S+.*/ },
      { oid: `${PHYSICAL}.13.1001` },
      { oid: `${PHYSICAL}.13.1000` },
      { oid: `${PHYSICAL}.7.1`, pattern: /^(?!Chassis$).+/ },
      { from: 'sysObjectID', pattern: /^1\.3\.6\.1\.4\.1\.9\.1\.(\d+)$/, names: PRODUCTS },
      { from: 'sysDescr', pattern: /^(\w+) Industrial Ethernet Switch/ },
    ],
    version: [
      { from: 'sysDescr', pattern: /\((\S+_LINUX_IOSD-[\w-]+)\), Version ([^,\s]+)/, text: '$1 $2' },
      { from: 'sysDescr', pattern: /(?<!Experimental )Version:? ([^,\s]+)/ },
      { oid: `${PHYSICAL}.10.1` },
    ],
    serial: [{ oid: `${PHYSICAL}.11.1` }, { oid: `${PHYSICAL}.11.1001` }, { oid: `${PHYSICAL}.11.1000` }],
  },
  readings: [...ciscoReadings],
};
