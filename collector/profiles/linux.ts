import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { lmSensors } from '../readings/lm-sensors.ts';
import { megaraid } from '../readings/megaraid.ts';
import { extendAt } from '../readings/net-snmp-extend.ts';
import { ucdReadings } from '../readings/ucd.ts';

/** Where administrators by custom put scripts that name the machine: distribution, model, maker, serial number. */
const SCRIPTS = '1.3.6.1.4.1.2021.7890';
const hardware = extendAt(`${SCRIPTS}.2`, 'hardware');
const manufacturer = extendAt(`${SCRIPTS}.3`, 'manufacturer');

/** A Linux machine with Net-SNMP's agent. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.8072.3.2.10' }],
  identity: {
    vendor: [...manufacturer],
    os: [{ text: 'linux' }],
    model: [
      ...manufacturer.flatMap((maker) => hardware.map((model) => ({ parts: [maker, model], join: ' ' }))),
      ...hardware,
      { from: 'sysDescr', pattern: /x86_64/, text: 'Generic x86 64-bit' },
      { from: 'sysDescr', pattern: /i[3-6]86/, text: 'Generic x86' },
      { from: 'sysDescr', pattern: /(armv[5-8])\w*\s*$/, text: 'Generic $1', names: armNames() },
      { from: 'sysDescr', pattern: /(aarch64|arm\w*|mips\w*|riscv64|ppc\w*)\s*$/, text: 'Generic $1' },
    ],
    version: [
      { from: 'sysDescr', pattern: /^Linux (\d[\w.+-]*)/ },
      { from: 'sysDescr', pattern: /^Linux \S+ (\d\S*)/ },
    ],
    serial: [...extendAt(`${SCRIPTS}.4`, 'serial')],
  },
  readings: [hrProcessors, hrStorage, ...ucdReadings, ...lmSensors, ...megaraid],
};

function armNames(): Record<string, string> {
  return Object.fromEntries([5, 6, 7, 8].map((version) => [`generic armv${version}`, `Generic ARMv${version}`]));
}
