import type { Profile } from '../profile.ts';
import { opticsColumns } from '../readings/optics.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';

const H3C = '1.3.6.1.4.1.25506';
const PHYSICAL = '1.3.6.1.2.1.47.1.1.1.1';
/** hh3cEntityExtStateTable (HH3C-ENTITY-EXT-MIB), whose rows are those of ENTITY-MIB. */
const STATE = `${H3C}.2.6.1.1.1.1`;
/** hh3cTransceiverInfoTable (HH3C-TRANSCEIVER-INFO-MIB), by ifIndex. */
const TRANSCEIVER = `${H3C}.2.70.1.1.1`;
const NONE = [0, 65_535, 2 ** 31 - 1];

/** Switches and routers of H3C and HPE with Comware. */
export const profile: Profile = {
  match: [{ objectId: H3C }, { objectId: '1.3.6.1.4.1.43', descr: /Comware/ }],
  identity: {
    vendor: [{ from: 'sysDescr', pattern: /^HPE?\b/, text: 'HPE' }, { text: 'H3C' }],
    os: [{ text: 'comware' }],
    model: [
      { oid: `${PHYSICAL}.13.1` },
      { oid: `${PHYSICAL}.13.2` },
      { from: 'sysDescr', pattern: /\b([A-Z]*\d{4}\w*-\S+)/ },
    ],
    version: [{ from: 'sysDescr', pattern: /Software Version ([^,\s]+),? Release (\w+)/, text: '$1 Release $2' }],
    serial: [{ oid: `${PHYSICAL}.11.1` }, { oid: `${PHYSICAL}.11.2` }],
  },
  readings: [
    readingColumns([
      usage('processor', `${STATE}.6`, '', { label: `${PHYSICAL}.7`, where: { column: `${STATE}.8`, is: /^[1-9]/ } }),
      usage('memory', `${STATE}.8`, '', { label: `${PHYSICAL}.7`, absent: NONE }),
      sensor('temperature', `${STATE}.12`, '', { label: `${PHYSICAL}.7`, id: 'entity', absent: NONE }),
    ]),
    readingColumns(
      opticsColumns({
        label: { ifIndexAt: 0 },
        absent: [2 ** 31 - 1],
        tx: { value: `${TRANSCEIVER}.9`, scale: 0.01 },
        rx: { value: `${TRANSCEIVER}.12`, scale: 0.01 },
        temperature: { value: `${TRANSCEIVER}.15` },
        voltage: { value: `${TRANSCEIVER}.16`, scale: 0.01 },
        bias: { value: `${TRANSCEIVER}.17`, scale: 1e-5 },
      }),
    ),
  ],
};
