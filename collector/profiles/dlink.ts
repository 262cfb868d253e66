import type { Profile } from '../profile.ts';
import { dlinkEntities } from '../readings/dlink-entity.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';

/** AGENT-GENERAL-MIB and EQUIPMENT-MIB */
const AGENT = '1.3.6.1.4.1.171.12.1.1';
const EQUIPMENT = '1.3.6.1.4.1.171.12.11.1';
/** Of RMON2-MIB (RFC 4502): probeSoftwareRev and probeHardwareRev. */
const SOFTWARE = '1.3.6.1.2.1.16.19.2.0';
const HARDWARE = '1.3.6.1.2.1.16.19.3.0';
const PHYSICAL_SERIAL = '1.3.6.1.2.1.47.1.1.1.1.11.1';

/** Switches of D-Link. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.171' }],
  identity: {
    vendor: [{ text: 'D-Link' }],
    os: [{ from: 'sysDescr', pattern: /^DGS-1250/, text: 'dlink-dgs1250' }, { text: 'dlink' }],
    model: [
      {
        parts: [
          { from: 'sysDescr', pattern: /\b(D[A-Z]S-\w[\w-]*)/ },
          { oid: HARDWARE, pattern: /\S+/ },
        ],
        join: ' Rev. ',
      },
      { from: 'sysDescr', pattern: /^\S.*Switch/ },
      { from: 'sysDescr', pattern: /\b(D\w\w-\w[\w-]*)/ },
    ],
    version: [
      { oid: SOFTWARE },
      { column: '1.3.6.1.4.1.171.11.165.1000.5.1.8.1.3' },
      { column: '1.3.6.1.4.1.171.14.5.1.8.1.3' },
    ],
    serial: [{ oid: `${AGENT}.12.0` }, { oid: `${EQUIPMENT}.9.4.1.17.1` }, { oid: PHYSICAL_SERIAL }],
  },
  readings: [
    // Over 5 seconds; the other two are averages.
    readingColumns([usage('processor', `${AGENT}.6.1`, 'Processor', { id: 'agent' })]),
    readingColumns([usage('memory', `${AGENT}.9.1.4`, 'Memory $index', { id: 'agent' })]),
    readingColumns([
      sensor('temperature', `${EQUIPMENT}.8.1.2`, 'Unit $index', {
        id: 'unit',
        absent: [0],
        limits: { high: `${EQUIPMENT}.8.1.3`, low: `${EQUIPMENT}.8.1.4` },
      }),
    ]),
    ...dlinkEntities('1.3.6.1.4.1.171.14'),
    ...dlinkEntities('1.3.6.1.4.1.171.11.165.1000'),
    hrProcessors,
    hrStorage,
  ],
};
