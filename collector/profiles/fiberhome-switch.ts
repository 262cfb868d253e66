import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';

const DEVICE = '1.3.6.1.4.1.3807.1.8012.1';
const POWER = `${DEVICE}.2.1.1`;
const PROCESSOR = `${DEVICE}.4.1.1`;
const MEMORY = `${DEVICE}.5.4.1`;
const TEMPERATURE = `${DEVICE}.6.2.1`;
const VOLTAGE = `${DEVICE}.7.2.1`;

/** Switches of Fiberhome. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.3807' }],
  identity: {
    vendor: [{ text: 'Fiberhome' }],
    os: [{ text: 'fiberhome-switch' }],
    model: [{ from: 'sysDescr', pattern: /^(.+?) \(R\) Software/ }],
    version: [{ from: 'sysDescr', pattern: /Version (V\w+)/ }],
    serial: [],
  },
  readings: [
    readingColumns([sensor('state', `${POWER}.3`, '', { label: `${POWER}.13`, id: 'power-supply' })]),
    readingColumns([
      usage('processor', `${PROCESSOR}.2`, '', { label: `${PROCESSOR}.12`, scale: 0.01 }),
      sensor('state', `${PROCESSOR}.7`, '', { label: `${PROCESSOR}.12`, id: 'processor' }),
    ]),
    readingColumns([usage('memory', `${MEMORY}.7`, '', { label: `${MEMORY}.19`, of: `${MEMORY}.11` })]),
    readingColumns([
      sensor('temperature', `${TEMPERATURE}.5`, '', {
        label: `${TEMPERATURE}.9`,
        limits: { low: `${TEMPERATURE}.3`, high: `${TEMPERATURE}.4` },
      }),
    ]),
    readingColumns([
      sensor('voltage', `${VOLTAGE}.5`, '', {
        label: `${VOLTAGE}.9`,
        scale: 0.001,
        limits: { low: `${VOLTAGE}.3`, high: `${VOLTAGE}.4` },
      }),
    ]),
  ],
};
