import type { Profile } from '../profile.ts';
import { powerNetEnvironment } from '../readings/power-net-environment.ts';
import { powerNetPdu } from '../readings/power-net-pdu.ts';
import { POWER_NET, powerNetUps } from '../readings/power-net-ups.ts';

/** Versions of the card's programs: its operating system, then its application. */
const PROGRAMS = '1.3.6.1.4.1.318.1.4.2.4.1.4';

/** APC's (Schneider Electric's) UPS, transfer switches, PDUs, coolers and environment monitors. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.318' }],
  identity: {
    vendor: [{ text: 'APC' }],
    os: [
      { from: 'sysDescr', pattern: /_acrc_/, text: 'apc-inrow' },
      { from: 'sysObjectID', pattern: /^1\.3\.6\.1\.4\.1\.318\.1\.3\.8\.3$/, text: 'aos-emu2' },
      { from: 'sysObjectID', pattern: /^1\.3\.6\.1\.4\.1\.318\.1\.1\.32\b/, text: 'apc-cpdu' },
      { text: 'apc' },
    ],
    model: [
      { oids: [`${POWER_NET}.1.1.1.1.0`, `${POWER_NET}.1.1.2.1.0`], join: ' ' },
      { oids: [`${POWER_NET}.12.1.5.0`, `${POWER_NET}.12.1.2.0`], join: ' ' },
      { oids: [`${POWER_NET}.4.1.4.0`, `${POWER_NET}.4.1.1.0`], join: ' ' },
      { oids: [`${POWER_NET}.8.1.5.0`, `${POWER_NET}.8.1.1.0`], join: ' ' },
      { from: 'sysDescr', pattern: /^APC (.+?)\s*(?:\(|$)/ },
    ],
    version: [
      { oids: [`${PROGRAMS}.1`, `${PROGRAMS}.2`], join: ' / App ', pattern: /^v.*/, text: 'AOS $1' },
      { from: 'sysDescr', pattern: /\bPF:\s*(v\S+).*\bAF1:\s*(v\S+)/, text: 'AOS $1 / App $2' },
      { from: 'sysDescr', pattern: /\bFW (v\S+)/ },
    ],
    serial: [
      { oid: `${POWER_NET}.1.1.2.3.0` },
      { oid: `${POWER_NET}.12.1.6.0` },
      { oid: `${POWER_NET}.4.1.5.0` },
      { oid: `${POWER_NET}.8.1.6.0` },
      { from: 'sysDescr', pattern: /\bSN:\s*(?!F{8})(\w+)/ },
    ],
  },
  readings: [...powerNetUps, ...powerNetPdu, ...powerNetEnvironment],
};
