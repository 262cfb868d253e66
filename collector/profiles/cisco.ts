import type { Profile } from '../profile.ts';
import { ciscoReadings } from '../readings/cisco.ts';

const PHYSICAL = '1.3.6.1.2.1.47.1.1.1.1';

/** Other systems of Cisco: IOS XR, NX-OS, firewalls, CatOS and wireless controllers. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.9' },
    { objectId: '1.3.6.1.4.1.9.1', descr: /IOS XR/ },
    { objectId: '1.3.6.1.4.1.9.12.3.1.3' },
  ],
  identity: {
    vendor: [{ text: 'Cisco' }],
    os: [
      { from: 'sysDescr', pattern: /IOS XR/, text: 'iosxr' },
      { from: 'sysDescr', pattern: /NX-OS\(tm\) ucs|^Linux release|^Hardware:/, text: 'ucos' },
      { from: 'sysDescr', pattern: /NX-OS/, text: 'nxos' },
      { from: 'sysDescr', pattern: /Firepower Threat Defense/i, text: 'ftd' },
      { from: 'sysDescr', pattern: /Adaptive Security/, text: 'asa' },
      { from: 'sysDescr', pattern: /PIX|Firewall Services Module/, text: 'pixos' },
      { from: 'sysDescr', pattern: /^Cisco Controller/, text: 'ciscowlc' },
      { from: 'sysDescr', pattern: /Catalyst Operating System/, text: 'catos' },
      { from: 'sysDescr', pattern: /Service Control/, text: 'ciscosce' },
      { from: 'sysDescr', pattern: /Integrated Management Controller/, text: 'cimc' },
      { from: 'sysDescr', pattern: /Identity Services Engine/, text: 'ise' },
      { from: 'sysDescr', pattern: /Secure Access Control/, text: 'acs' },
      { from: 'sysDescr', pattern: /Cisco ACE/, text: 'acsw' },
    ],
    model: [
      { oid: `${PHYSICAL}.13.1` },
      { oid: `${PHYSICAL}.13.149` },
      { oid: `${PHYSICAL}.13.8384513` },
      { from: 'sysDescr', pattern: /NX-OS\(tm\) (\S+),/ },
      { from: 'sysDescr', pattern: /Software \((?:Cisco )?([^)]+?)(?: Series)?\),/ },
      { from: 'sysDescr', pattern: /\b(WS-C\S+)/ },
    ],
    version: [{ from: 'sysDescr', pattern: /Version:? ([^,\s[]+)/ }, { oid: `${PHYSICAL}.10.1` }],
    serial: [{ oid: `${PHYSICAL}.11.1` }, { oid: `${PHYSICAL}.11.149` }, { oid: `${PHYSICAL}.11.8384513` }],
  },
  readings: [...ciscoReadings],
};
