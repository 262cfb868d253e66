import type { Profile } from '../profile.ts';
import { entitySensors } from '../readings/entity-sensors.ts';
import { MAX_TERMINALS, opticsColumns } from '../readings/optics.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { usage } from '../readings/usage.ts';

const DATACOM = '1.3.6.1.4.1.3709';
/** Processors and memories, by chassis, slot and name. */
const PROCESSOR = `${DATACOM}.3.6.4.1.2.1`;
const MEMORY = `${DATACOM}.3.6.4.2.2.1`;
/** GPON-ONU-IF-MIB: a row a terminal. */
const TERMINAL = `${DATACOM}.3.6.2.1.1`;

/** Switches and optical line terminals of Datacom with DmOS. */
export const profile: Profile = {
  match: [{ objectId: DATACOM, descr: /DmOS/ }],
  identity: {
    vendor: [{ text: 'Datacom' }],
    os: [{ text: 'datacom-dmos' }],
    model: [{ oid: '1.3.6.1.2.1.47.1.1.1.1.13.1' }, { from: 'sysDescr', pattern: /^\S+/ }],
    // A development build ends in a hash, of which the last letters tell nothing.
    version: [{ from: 'sysDescr', pattern: /DmOS version (\S*\d)/ }],
    serial: [{ oid: '1.3.6.1.2.1.47.1.1.1.1.11.1' }],
  },
  readings: [
    readingColumns([usage('processor', `${PROCESSOR}.4`, 'Processor $index')]),
    readingColumns([usage('memory', `${MEMORY}.11`, 'Memory $index', { of: `${MEMORY}.10` })]),
    entitySensors,
    readingColumns(
      opticsColumns({
        label: `${TERMINAL}.3`,
        id: 'onu',
        absent: [0],
        rx: { value: `${TERMINAL}.22`, inText: true },
        tx: { value: `${TERMINAL}.21`, inText: true },
      }),
      { maxRows: MAX_TERMINALS },
    ),
  ],
};
