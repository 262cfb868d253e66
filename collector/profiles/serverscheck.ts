import { defineTable, type ProbeReading, type Profile } from '../profile.ts';
import { unitOf } from '../readings/units.ts';
import { textOf } from '../snmp/value.ts';

const SERVERSCHECK = '1.3.6.1.4.1.17095';
/** Each sensor has four objects: name, value, and two texts about its last alarm. */
const OBJECTS_A_SENSOR = 4;
const KINDS: readonly (readonly [RegExp, name: string])[] = [
  [/temp|dew/i, 'temperature'],
  [/hum/i, 'humidity'],
  [/volt/i, 'voltage'],
];
/** What flood and door sensors say. */
const STATES: Readonly<Record<string, number>> = { wet: 1, dry: 2, open: 1, closed: 2 };

/** What a sensor measures is told by its name alone. */
const sensors = defineTable({
  columns: { text: `${SERVERSCHECK}.3` },
  dynamic: ['text'],
  wants: (_row, index) => Number.parseInt(index, 10) % OBJECTS_A_SENSOR === 2,
  read: (rows) =>
    [...rows].flatMap(([index, { text }]): ProbeReading[] => {
      const at = Number.parseInt(index, 10);
      if (at % OBJECTS_A_SENSOR !== 2) return [];
      const label = textOf(rows.get(`${at - 1}.0`)?.text).trim();
      const said = textOf(text).trim();
      const state = STATES[said.toLowerCase()];
      if (state !== undefined) return [readingOf('state', at, state, label)];
      const kind = KINDS.find(([pattern]) => pattern.test(label));
      const value = Number(said);
      return kind === undefined || said === '' || !Number.isFinite(value) ? [] : [readingOf(kind[1], at, value, label)];
    }),
});

const readingOf = (name: string, at: number, value: number, label: string): ProbeReading => ({
  group: 'sensor',
  class: name,
  index: `${at}.0`,
  value,
  unit: unitOf('sensor', name),
  label,
});

/** ServersCheck's sensor gateways. */
export const profile: Profile = {
  match: [{ objectId: SERVERSCHECK, descr: /Sensor Gateway/i }],
  identity: {
    vendor: [{ text: 'ServersCheck' }],
    os: [{ text: 'serverscheck' }],
    model: [{ from: 'sysName', pattern: /\b(SC-\S+)/ }],
    version: [],
    serial: [],
  },
  readings: [sensors],
};
