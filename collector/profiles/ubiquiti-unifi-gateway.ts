import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { ucdMemory, ucdProcessor } from '../readings/ucd.ts';

/** Gateways and consoles with UniFi OS: "Ubiquiti UniFi UCG-Fiber 5.0.12 Linux 5.4.213 ipq9574". */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^Ubiquiti UniFi \S+ \d/ },
    { descr: /^Ubiquiti UniFi \S+ \d/ },
  ],
  identity: {
    vendor: [{ text: 'Ubiquiti' }],
    os: [{ text: 'unifi-os' }],
    model: [{ from: 'sysDescr', pattern: /^Ubiquiti UniFi (\S+)/ }],
    version: [{ from: 'sysDescr', pattern: /^Ubiquiti UniFi \S+ (\S+)/ }],
    serial: [],
  },
  readings: [hrProcessors, hrStorage, ucdProcessor, ucdMemory],
};
