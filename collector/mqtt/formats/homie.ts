import type { Format, FormatReader, Message, Said } from '../format.ts';
import { at, isObject, parseJson } from '../json.ts';
import { measured, numberIn, otherValue, quantityOf, STATE, switchOf, type Value } from '../values.ts';

type Property = { readonly label: string; readonly unit: string };
/** Nodes and properties of a description that are remembered. */
const MAX_PROPERTIES = 500;

/** Homie 4 (`homie/ID`) and 5 (`homie/5/ID`): a description tells what the properties are, `$state` whether it is there. */
export const format: Format = {
  title: { id: 'Homie', en: 'Homie' },
  topicExample: 'homie/5/kg-017',
  topicPattern: /\//,
  maxAgeS: 900,
  open: openReader,
};

function openReader(own: string): FormatReader {
  const above = own.slice(0, own.lastIndexOf('/'));
  let properties: ReadonlyMap<string, Property> = new Map();
  let root: string | null = null;

  function describe(text: string): Said {
    const description = parseJson(text);
    if (!isObject(description)) return { fault: 'bad-json' };
    properties = propertiesOf(description);
    const { root: named, name, version } = description;
    const identity = typeof name === 'string' ? { model: name.slice(0, 120) } : {};
    if (typeof named !== 'string' || !/^[a-z0-9-]{1,120}$/.test(named) || `${above}/${named}` === own)
      return { identity, texts: version === undefined ? {} : { version: String(version).slice(0, 40) } };
    root = `${above}/${named}/$state`;
    return { identity, follows: [root] };
  }

  return {
    publishes: [`${own}/#`],
    subscribes: [`${own}/+/+/set`],
    read({ topic, payload }: Message): Said {
      const text = payload.toString('utf8');
      // A child has no will of its own: it is lost with its root.
      if (topic === root) return lifeOf(text) === 'offline' ? { life: 'offline' } : { life: 'nothing' };
      const path = topic.slice(own.length + 1);
      if (path === '$state') return { life: lifeOf(text) };
      if (path === '$description') return text === '' ? {} : describe(text);
      const levels = path.split('/');
      if (levels.length !== 2 || levels.some((level) => level.startsWith('$'))) return {};
      return { values: valuesOf(path, text, properties.get(path)) };
    },
  };
}

function lifeOf(state: string): 'online' | 'offline' | 'nothing' {
  switch (state) {
    case 'init':
    case 'ready':
    case 'alert':
      return 'online';
    case 'lost':
    case 'disconnected':
      return 'offline';
    default:
      // `sleeping` says neither: it is away and means to come back.
      return 'nothing';
  }
}

function propertiesOf(description: unknown): ReadonlyMap<string, Property> {
  const found = new Map<string, Property>();
  const nodes = at(description, 'nodes');
  if (!isObject(nodes)) return found;
  for (const [nodeId, node] of Object.entries(nodes)) {
    const properties = at(node, 'properties');
    if (!isObject(properties)) continue;
    for (const [id, property] of Object.entries(properties)) {
      if (found.size >= MAX_PROPERTIES) return found;
      const [nodeName, name, unit] = [at(node, 'name'), at(property, 'name'), at(property, 'unit')];
      found.set(`${nodeId}/${id}`, {
        label: [nodeName ?? nodeId, name ?? id].map((part) => String(part).slice(0, 80)).join(' '),
        unit: typeof unit === 'string' ? unit.slice(0, 20) : '',
      });
    }
  }
  return found;
}

function valuesOf(path: string, text: string, property: Property | undefined): readonly Value[] {
  const number = numberIn(text);
  const state = number === null ? switchOf(text) : null;
  const label = property?.label ?? path;
  if (state !== null) return [measured(STATE, path, state, label)];
  if (number === null) return [];
  const quantity = quantityOf(`${path} ${label}`, property?.unit ?? '');
  return [
    quantity === null
      ? { ...otherValue(path, number, property?.unit ?? ''), label }
      : measured(quantity, path, number, label),
  ];
}
