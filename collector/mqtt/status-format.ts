import type { Identification } from '../../core/stores/inventory/devices.ts';
import type { Format, FormatReader, Message, Said } from './format.ts';
import { at, isObject, type Leaf, leavesOf, parseJson } from './json.ts';
import { wildcardsOf } from './topic-tree.ts';
import {
  measured,
  numberIn,
  otherValue,
  type Quantity,
  quantityOfName,
  STATE,
  switchOf,
  uptimeValue,
  type Value,
} from './values.ts';

/**
 * Formats of one family: a topic that tells whether the device is there, which its will corrects, and topics whose
 * payload is one value or an object of values. What a make does of its own is data here.
 * In every filter `%` is the device's own topic and `^` what stands above its last level.
 */
export type StatusFormat = Omit<Format, 'open'> & {
  readonly publishes: readonly string[];
  readonly subscribes?: readonly string[];
  readonly overhears?: readonly string[];
  readonly life: readonly LifeRule[];
  /** The first that fits counts; a topic that none fits has no values. */
  readonly values: readonly ValueRule[];
  /** Meaning of a value by its path, or its end, in lower case; comes before what its name says. */
  readonly fields?: Readonly<Record<string, FieldMeaning>>;
  readonly identity?: readonly IdentityRule[];
};

/** Payloads, or the texts in `field` of an object, in lower case. */
type LifeRule = {
  readonly topic: string;
  readonly online: readonly string[];
  readonly offline: readonly string[];
  /** Where the payload may also be an object. */
  readonly field?: string;
  /** It speaks of another, whose being there says nothing of the device. */
  readonly isOther?: boolean;
};

type ValueRule = {
  readonly topic: string;
  /** Where the values stand in the object. */
  readonly root?: string;
  /** Nothing here is a value: only life, or identity. */
  readonly isSkipped?: boolean;
};

/** `skip`: no value. `uptime`: seconds. A function turns what is there into seconds or the like, or null. */
type FieldMeaning =
  | 'skip'
  | 'uptime'
  | { readonly unit: string }
  | Quantity
  | ((value: number | string | boolean) => Quantity | 'skip' | 'uptime');

type IdentityRule = {
  readonly topic: string;
  readonly fields: Readonly<Partial<Record<keyof Identification, readonly string[]>>>;
};

export function defineStatusFormat(make: StatusFormat): Format {
  const { title, topicExample, maxAgeS } = make;
  return {
    title,
    topicExample,
    maxAgeS,
    ...(make.topicPattern === undefined ? {} : { topicPattern: make.topicPattern }),
    open: (topic) => openReader(make, topic),
  };
}

function openReader(make: StatusFormat, own: string): FormatReader {
  const above = own.includes('/') ? own.slice(0, own.lastIndexOf('/')) : own;
  const fill = (filter: string): string => filter.replace(/[%^]/, (sign) => (sign === '%' ? own : above));
  const life = make.life.map((rule) => ({ ...rule, topic: fill(rule.topic) }));
  const values = make.values.map((rule) => ({ ...rule, topic: fill(rule.topic) }));
  const identity = (make.identity ?? []).map((rule) => ({ ...rule, topic: fill(rule.topic) }));

  function read({ topic, payload }: Message): Said {
    const text = payload.toString('utf8');
    const lifeRule = life.find((rule) => wildcardsOf(rule.topic, topic) !== null);
    const word = lifeRule === undefined ? null : lifeWord(lifeRule, text);
    if (lifeRule !== undefined && word !== null)
      return { life: lifeRule.isOther === true && word === 'online' ? 'nothing' : word };
    if (lifeRule?.isOther === true) return { life: 'nothing' };

    const rule = values.find((candidate) => wildcardsOf(candidate.topic, topic) !== null);
    const prefix = rule === undefined ? null : wildcardsOf(rule.topic, topic);
    const identities = identity.filter((candidate) => wildcardsOf(candidate.topic, topic) !== null);
    if (identities.length === 0 && (rule === undefined || rule.isSkipped === true)) return {};
    if (text.trim() === '') return {};

    const isJson = /^\s*[[{]/.test(text);
    const json = isJson ? parseJson(text) : undefined;
    if (isJson && json === undefined) return { fault: 'bad-json' };
    const known = isObject(json) ? identityOf(identities, json) : {};
    if (rule === undefined || rule.isSkipped === true || prefix === null) return { identity: known };
    const leaves = isJson
      ? leavesOf(rule.root === undefined ? json : at(json, rule.root), prefix)
      : [{ path: prefix, value: scalarOf(text) }];
    return { ...saidOf(leaves, make.fields ?? {}, fahrenheitIn(json)), identity: known };
  }

  return {
    publishes: make.publishes.map(fill),
    subscribes: (make.subscribes ?? []).map(fill),
    overhears: (make.overhears ?? []).map(fill),
    read,
  };
}

function lifeWord({ online, offline, field }: LifeRule, text: string): 'online' | 'offline' | null {
  const inner = field !== undefined && text.startsWith('{') ? at(parseJson(text), field) : text;
  const word = String(inner).trim().toLowerCase();
  return online.includes(word) ? 'online' : offline.includes(word) ? 'offline' : null;
}

function identityOf(rules: readonly IdentityRule[], json: unknown): Partial<Identification> {
  const found: Partial<Record<keyof Identification, string>> = {};
  for (const { fields } of rules)
    for (const [field, path] of Object.entries(fields) as [keyof Identification, readonly string[]][]) {
      const text = at(json, ...path);
      if (typeof text === 'string' && text !== '') found[field] = text.slice(0, 120);
    }
  return found;
}

const scalarOf = (text: string): number | string => numberIn(text) ?? text;

/** Tasmota says beside its temperatures that they are in °F, in one word for the whole message. */
const fahrenheitIn = (json: unknown): boolean => at(json, 'TempUnit') === 'F';

function saidOf(
  leaves: readonly Leaf[],
  fields: Readonly<Record<string, FieldMeaning>>,
  isFahrenheit: boolean,
): Pick<Said, 'values' | 'texts'> {
  const values: Value[] = [];
  const texts: Record<string, string> = {};
  for (const { path, value } of leaves) {
    const instance = path.join('/');
    const meaning = meaningOf(path, value, fields);
    if (meaning === 'skip') continue;
    const state = typeof value === 'boolean' ? Number(value) : typeof value === 'string' ? switchOf(value) : null;
    const number = typeof value === 'number' ? value : typeof value === 'string' ? numberIn(value) : null;
    if (meaning === 'uptime') {
      const seconds = number ?? secondsIn(String(value));
      if (seconds !== null) values.push(uptimeValue(seconds));
    } else if (state !== null) values.push(measured(STATE, instance, state, instance));
    else if (number === null) {
      if (!VOLATILE.test(path.at(-1) ?? '')) texts[instance] = String(value).slice(0, MAX_TEXT);
    } else values.push(numberValue(meaning, instance, number, isFahrenheit));
  }
  return Object.keys(texts).length === 0 ? { values } : { values, texts };
}

/** These texts change at every message, and say when rather than what. */
const VOLATILE = /time|date|uptime|epoch|downtime|^ts$/i;
const MAX_TEXT = 200;

function meaningOf(
  path: readonly string[],
  value: number | string | boolean,
  fields: Readonly<Record<string, FieldMeaning>>,
): Exclude<FieldMeaning, (value: number | string | boolean) => unknown> | null {
  const names = path.map((name) => name.toLowerCase());
  for (let from = 0; from < names.length; from++) {
    const key = names.slice(from).join('/');
    const meaning = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (meaning !== undefined) return typeof meaning === 'function' ? meaning(value) : meaning;
  }
  return quantityOfName(path.at(-1) ?? '');
}

function numberValue(
  meaning: Quantity | { readonly unit: string } | null,
  instance: string,
  value: number,
  isFahrenheit: boolean,
): Value {
  if (meaning === null) return otherValue(instance, value);
  if (!('class' in meaning)) return otherValue(instance, value, meaning.unit);
  const isTemperature = meaning.class === 'temperature';
  return measured(meaning, instance, isTemperature && isFahrenheit ? ((value - 32) * 5) / 9 : value, instance);
}

const DURATION = /^(\d{1,5})T(\d{1,2}):(\d{2}):(\d{2})$/;
/** Tasmota's `0T18:36:12`: days, hours, minutes and seconds. */
function secondsIn(text: string): number | null {
  const match = DURATION.exec(text.trim());
  if (match === null) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(Number);
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
