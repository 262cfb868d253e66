import type { Profile } from '../profile.ts';
import { entitySensors } from '../readings/entity-sensors.ts';
import { poeBudget } from '../readings/power-ethernet.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { usage } from '../readings/usage.ts';

/** FORTINET-FORTISWITCH-MIB */
const SWITCH = '1.3.6.1.4.1.12356.106';

/** Switches of Fortinet. */
export const profile: Profile = {
  match: [{ objectId: SWITCH }],
  identity: {
    vendor: [{ text: 'Fortinet' }],
    os: [{ text: 'fortiswitch' }],
    model: [{ oid: `${SWITCH}.4.1.1.0`, pattern: /^\S+/ }],
    version: [{ oid: `${SWITCH}.4.1.1.0`, pattern: /v(\d[\w.]*)/ }],
    serial: [{ oid: '1.3.6.1.2.1.47.1.1.1.1.11.1' }],
  },
  readings: [
    readingColumns([
      usage('processor', `${SWITCH}.4.1.2`, 'Processor'),
      usage('memory', `${SWITCH}.4.1.3`, 'Memory', { of: `${SWITCH}.4.1.4` }),
    ]),
    entitySensors,
    poeBudget,
  ],
};
