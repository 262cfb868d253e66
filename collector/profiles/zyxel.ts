import type { PortFacts, Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import type { InterfaceReading } from '../readings/interfaces.ts';
import { ZYXEL_MGMT, zyxelSwitch } from '../readings/zyxel.ts';

/** A router or modem for homes. */
const HOME = '1.3.6.1.4.1.890.1.2.1.1';

/** Ports are numbered by unit and port (203 is port 3 of the second), as on the case; their names count from 0. */
function caseName({ index, name }: InterfaceReading): PortFacts {
  if (!/^swp\d+$/.test(name)) return {};
  const unit = Math.max(1, Math.floor(index / 100));
  return { name: `${unit}/${String(index % 100).padStart(2, '0')}` };
}

/** Switches of Zyxel, and its routers and modems for homes. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.890' }],
  identity: {
    vendor: [{ text: 'Zyxel' }],
    os: [
      { from: 'sysDescr', pattern: /\bIAD$|^[VEAX]MG\d/, text: 'zyxelac' },
      { from: 'sysObjectID', pattern: /^1\.3\.6\.1\.4\.1\.890\.1\.5\.11\b/, text: 'ies' },
      { text: 'zynos' },
    ],
    model: [
      { oid: `${ZYXEL_MGMT}.1.11.0` },
      { oid: `${HOME}.2.0` },
      { from: 'sysDescr', pattern: /^[A-Z]+\d[\w-]+$/ },
      { from: 'sysDescr', pattern: /^[A-Z]+-\d[\w-]*/ },
    ],
    version: [{ oid: `${ZYXEL_MGMT}.1.6.0`, pattern: /^[^|\s]+/ }, { oid: `${HOME}.1.0` }],
    serial: [{ oid: `${ZYXEL_MGMT}.1.12.0` }, { oid: `${HOME}.10.0` }],
  },
  ports: { facts: caseName },
  readings: [...zyxelSwitch, hrProcessors, hrStorage],
};
