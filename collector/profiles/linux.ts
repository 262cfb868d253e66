import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';

/** A Linux machine with Net-SNMP's agent. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Linux / }],
  identity: {
    vendor: [],
    os: [{ text: 'linux' }],
    model: [
      { from: 'sysDescr', pattern: /x86_64/, text: 'Generic x86 64-bit' },
      { from: 'sysDescr', pattern: /i[3-6]86/, text: 'Generic x86' },
      { from: 'sysDescr', pattern: /(aarch64|armv\w+|mips\w*|riscv64)\s*$/ },
    ],
    version: [{ from: 'sysDescr', pattern: /^Linux \S+ (\d[\w.]*)/ }],
    serial: [],
  },
  readings: [hrProcessors, hrStorage],
};
