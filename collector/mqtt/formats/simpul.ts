import type { Identification } from '../../../core/stores/inventory/devices.ts';
import { UNITS } from '../../readings/units.ts';
import { type Format, type FormatReader, type Message, NOTHING, type Said } from '../format.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { measured, STATE, uptimeValue, type Value } from '../values.ts';

const MAX_VALUES = 300;
const GROUPS = ['sensor', 'wireless', 'usage'] as const;
type Group = (typeof GROUPS)[number];
/** Classes that have no unit stand beside those that have one. */
const BARE: Readonly<Record<Group, readonly string[]>> = {
  sensor: ['power_factor', 'state', 'count', 'ber'],
  wireless: ['clients', 'ap-count', 'channel', 'errors', 'mse'],
  usage: [],
};
const INFO_FIELDS = ['vendor', 'model', 'os', 'version', 'serial'] as const satisfies readonly (keyof Identification)[];

/** A plain JSON of our own, for boxes that people build themselves; `docs/mqtt.md` describes it. */
export const format: Format = {
  title: { id: 'JSON Simpul', en: 'Simpul JSON' },
  topicExample: 'simpul/16.03.11.2009/daya',
  maxAgeS: 150,
  open: openReader,
};

function openReader(own: string): FormatReader {
  return {
    publishes: [`${own}/#`],
    subscribes: [`${own}/#`],
    read({ topic, payload }: Message): Said {
      const text = payload.toString('utf8');
      switch (topic.slice(own.length + 1)) {
        case 'status':
          return statusOf(text.trim());
        case 'info':
          return infoOf(parseJson(text));
        case 'readings':
          return readingsOf(parseJson(text));
        default:
          return NOTHING;
      }
    },
  };
}

function statusOf(word: string): Said {
  return word === 'online' || word === 'offline' ? { life: word } : { fault: 'bad-payload', life: 'nothing' };
}

function infoOf(info: unknown): Said {
  if (!isObject(info)) return { fault: 'bad-json' };
  const identity: Partial<Record<(typeof INFO_FIELDS)[number], string>> = {};
  for (const field of INFO_FIELDS) {
    const text = info[field];
    if (typeof text === 'string' && text !== '') identity[field] = text.slice(0, 120);
  }
  return { identity };
}

function readingsOf(message: unknown): Said {
  if (!isObject(message)) return { fault: 'bad-json' };
  const values: Value[] = [];
  let isFaulty = false;
  const take = (group: Group, kind: string, content: unknown): void => {
    if (!isClass(group, kind)) {
      isFaulty = true;
      return;
    }
    for (const [name, value] of namedValues(kind, content)) {
      if (values.length >= MAX_VALUES) return;
      if (value === null) isFaulty = true;
      else values.push(measured({ group, class: kind }, name, value, name));
    }
  };
  for (const [key, content] of Object.entries(message)) {
    // A value that is not there at the moment.
    if (content === null) continue;
    const group = GROUPS.find((known) => known === key);
    if (key === 'uptimeS') {
      if (typeof content === 'number' && content >= 0) values.push(uptimeValue(content));
      else isFaulty = true;
    } else if (key === 'mains') {
      if (typeof content === 'boolean') values.push(measured(STATE, 'mains', Number(content), 'mains'));
      else isFaulty = true;
    } else if (group !== undefined && isObject(content))
      for (const [kind, inner] of Object.entries(content)) take(group, kind, inner);
    else take('sensor', key, content);
  }
  return isFaulty ? { values, fault: 'bad-payload' } : { values };
}

const isClass = (group: Group, kind: string): boolean =>
  Object.hasOwn(UNITS[group], kind) || BARE[group].includes(kind);

/** One value without a name, or several by name. Yes and no are states; null instead of a value that is none. */
function namedValues(kind: string, content: unknown): readonly (readonly [string, number | null])[] {
  const entries: readonly (readonly [string, unknown])[] = isObject(content)
    ? Object.entries(content as JsonObject).filter(([, value]) => value !== null)
    : [['', content]];
  return entries.map(([name, value]) => {
    if (typeof value === 'boolean' && kind === 'state') return [name.slice(0, 80), Number(value)];
    return [name.slice(0, 80), typeof value === 'number' && Number.isFinite(value) ? value : null];
  });
}
