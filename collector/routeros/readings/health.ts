import { BadReadingError } from '../../snmp/bad-reading.ts';
import { type ReadingGroup, reading } from '../group.ts';
import { table } from '../menu.ts';
import { numberIn } from '../values.ts';

/** The sensors differ from board to board: 6.x has a column for each, 7.x a row. The table is small either way. */
const HEALTH = table('/system/health', null);

/** Class of a sensor by the end of its name, and what its figure is multiplied by. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/temperature\d*$/, 'temperature'],
  [/voltage\d*$/, 'voltage'],
  [/current\d*$/, 'current'],
  [/(?:consumption|power)\d*$/, 'power'],
  [/(?:^fan\d*|fan\d*-speed|fan-speed)$/, 'fanspeed'],
  [/state\d*$/, 'state'],
];
/** 7.x says it itself. */
const OF_TYPE: Readonly<Record<string, string>> = {
  C: 'temperature',
  V: 'voltage',
  A: 'current',
  W: 'power',
  RPM: 'fanspeed',
};

/** Temperatures, voltages, fans and power supplies. A power supply's state is 1 where it is well, 2 where it is not. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask) {
    const rows = (await ask.rows(HEALTH)) ?? [];
    return rows.flatMap(({ row }) => {
      const name = row.get('name');
      const sensors =
        name !== undefined
          ? [{ name, value: row.get('value') ?? '', type: row.get('type') ?? '' }]
          : [...row].filter(([key]) => !key.startsWith('.')).map(([key, value]) => ({ name: key, value, type: '' }));
      return sensors.flatMap((sensor) => readSensor(sensor));
    });
  },
};

function readSensor({ name, value, type }: { readonly name: string; readonly value: string; readonly type: string }) {
  const kind = OF_TYPE[type] ?? KINDS.find(([pattern]) => pattern.test(name))?.[1];
  if (kind === undefined) return [];
  const figure = kind === 'state' ? stateOf(value) : figureOf(value);
  return reading('sensor', kind, name, figure, name);
}

const stateOf = (text: string): number | null => (text === '' ? null : text === 'ok' ? 1 : 2);

/** Some columns of 6.x are settings, not sensors: no figure, no reading. */
function figureOf(text: string): number | null {
  try {
    return numberIn(text);
  } catch (error) {
    if (error instanceof BadReadingError) return null;
    throw error;
  }
}
