import type { Profile } from '../profile.ts';

/** Where RMON's probe configuration (RFC 2021) names the software and the hardware. */
const PROBE = '1.3.6.1.2.1.16.19';

/** Smart switches (TL-SG), and what else of TP-Link has nothing of its own to tell. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.11863' }, { objectId: '1.3.6.1.4.1.16972' }],
  identity: {
    vendor: [{ text: 'TP-Link' }],
    os: [{ text: 'tplink' }],
    model: [{ oid: `${PROBE}.3.0` }, { from: 'sysName', pattern: /^(?:TL|TD|Archer|CPE|WBS)[-\w]*\d\w*/ }],
    version: [{ oid: `${PROBE}.2.0` }, { from: 'sysDescr', pattern: /^(\d+\.\d+\.\d+ .*Build .*)$/ }],
    serial: [],
  },
  readings: [],
};
