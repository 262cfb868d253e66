import type { Reading } from '../../core/domain/sample.ts';
import { metricOf } from '../pipeline/reading-names.ts';
import type { ReadingName } from '../probe.ts';
import type { ProbeReading } from '../profile.ts';
import { unitOf } from '../readings/units.ts';

/** A reading with the name that people know it by. */
export type Value = Reading & Pick<ReadingName, 'label' | 'unit'>;

type Group = ProbeReading['group'];
/** What a number measures: a group and a class, and what it is multiplied by to be in their unit. */
export type Quantity = { readonly group: Group; readonly class: string; readonly scale?: number };

export function measured(
  { group, class: kind, scale = 1 }: Quantity,
  instance: string,
  value: number,
  label: string,
): Value {
  return {
    metric: metricOf({ group, class: kind }),
    instance,
    kind: 'gauge',
    value: scale === 1 ? value : scaled(value, scale),
    label,
    unit: unitOf(group, kind),
  };
}

/** A number that none of our classes fits. */
export const otherValue = (instance: string, value: number, unit = ''): Value => ({
  metric: 'mqtt.value',
  instance,
  kind: 'gauge',
  value,
  label: instance,
  unit,
});

export const uptimeValue = (seconds: number): Value => ({
  metric: 'system.uptime_s',
  instance: '',
  kind: 'gauge',
  value: seconds,
  label: 'uptime',
  unit: 's',
});

/** A scale of 0.1 must not turn 42.3 into 42.300000000000004. */
const scaled = (value: number, scale: number): number => Number((value * scale).toPrecision(12));

const sensor = (kind: string, scale?: number): Quantity =>
  scale === undefined ? { group: 'sensor', class: kind } : { group: 'sensor', class: kind, scale };
const wireless = (kind: string): Quantity => ({ group: 'wireless', class: kind });

/** What devices call what they measure, in lower case and without signs. */
const BY_WORD: Readonly<Record<string, Quantity>> = {
  temperature: sensor('temperature'),
  temp: sensor('temperature'),
  humidity: sensor('humidity'),
  voltage: sensor('voltage'),
  volt: sensor('voltage'),
  vcc: sensor('voltage'),
  current: sensor('current'),
  power: sensor('power'),
  apower: sensor('power'),
  watt: sensor('power'),
  factor: sensor('power_factor'),
  powerfactor: sensor('power_factor'),
  pf: sensor('power_factor'),
  frequency: sensor('frequency'),
  freq: sensor('frequency'),
  soc: sensor('charge'),
  charge: sensor('charge'),
  rpm: sensor('fanspeed'),
  fanspeed: sensor('fanspeed'),
  rssi: wireless('rssi'),
  snr: wireless('snr'),
};

const BY_UNIT: Readonly<Record<string, Quantity>> = {
  v: sensor('voltage'),
  mv: sensor('voltage', 0.001),
  a: sensor('current'),
  ma: sensor('current', 0.001),
  w: sensor('power'),
  kw: sensor('power', 1_000),
  hz: sensor('frequency'),
  '°c': sensor('temperature'),
  c: sensor('temperature'),
  celsius: sensor('temperature'),
  rpm: sensor('fanspeed'),
  dbm: sensor('signal'),
  db: sensor('snr'),
};

const wordsOf = (name: string): string[] => name.toLowerCase().split(/[^a-z0-9]+/);

/** What a name such as `battery_voltage` or `DS18B20` says that its number measures; null where it says nothing. */
export function quantityOfName(name: string): Quantity | null {
  const words = wordsOf(name);
  return own(BY_WORD, words.join('')) ?? own(BY_WORD, words.at(-1) ?? '');
}

/** The same of a number whose unit is told too: the unit decides, and a per cent needs the name. */
export function quantityOf(name: string, unit: string): Quantity | null {
  const key = unit.trim().toLowerCase();
  if (key !== '%') return own(BY_UNIT, key) ?? (key === '' ? quantityOfName(name) : null);
  const words = wordsOf(name);
  if (words.some((word) => word === 'humidity')) return sensor('humidity');
  if (words.some((word) => ['soc', 'charge', 'battery'].includes(word))) return sensor('charge');
  return sensor('percent');
}

export const STATE = sensor('state');

function own<Item>(table: Readonly<Record<string, Item>>, key: string): Item | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}

const ON: ReadonlySet<string> = new Set(['on', 'true', 'open', 'online', 'yes']);
const OFF: ReadonlySet<string> = new Set(['off', 'false', 'closed', 'offline', 'no']);
/** 1 or 0 for words of two-valued things; null for any other text. */
export function switchOf(text: string): 0 | 1 | null {
  const word = text.trim().toLowerCase();
  return ON.has(word) ? 1 : OFF.has(word) ? 0 : null;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;
/** A plain decimal number; null for anything else, such as `nan`, `0x10` or nothing. */
export function numberIn(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed.length > 40 || !NUMBER.test(trimmed)) return null;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : null;
}
