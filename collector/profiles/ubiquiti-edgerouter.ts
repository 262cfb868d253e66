import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { EDGEMAX, EDGEMAX_MODEL, EDGEMAX_SERIAL, edgemaxReadings } from '../readings/ubnt-edgemax.ts';
import { ucdMemory, ucdProcessor } from '../readings/ucd.ts';

/** Arguments of the processes that run (hrSWRunParameters); the LLDP agent is told what to call itself. */
const PROCESS_ARGUMENTS = '1.3.6.1.2.1.25.4.2.1.5';

/** Routers with EdgeOS: EdgeRouter, EdgePoint and UISP routers. */
export const profile: Profile = {
  match: [
    { objectId: EDGEMAX },
    { objectId: '1.3.6.1.4.1.8072.3.2.10', descr: /^(EdgeOS|EdgeRouter|EdgePoint Router)\b/ },
  ],
  identity: {
    vendor: [{ text: 'Ubiquiti' }],
    os: [{ text: 'edgeos' }],
    model: [
      { oid: EDGEMAX_MODEL },
      { column: PROCESS_ARGUMENTS, pattern: /UBNT (.+?) running on / },
      { from: 'sysDescr', pattern: /^(?!EdgeOS\b)\S.*/ },
    ],
    version: [
      { from: 'sysDescr', pattern: /\b(v\d+\.\d+\S*)/ },
      { column: PROCESS_ARGUMENTS, pattern: / running on (v\S+)/ },
    ],
    serial: [{ oid: EDGEMAX_SERIAL }],
  },
  readings: [hrProcessors, hrStorage, ucdProcessor, ucdMemory, ...edgemaxReadings],
};
