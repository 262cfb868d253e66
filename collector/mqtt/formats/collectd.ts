import { collectdQuantity, split } from '../collectd-quantities.ts';
import { type DataSource, sourcesOf } from '../collectd-types.ts';
import type { Format, FormatReader, Message, Said } from '../format.ts';
import { uptimeValue, type Value } from '../values.ts';

/** Values of one type; the longest of types.db has 4. */
const MAX_VALUES = 32;
/** A processor's counters are in hundredths of a second (USER_HZ). */
const JIFFIES_PER_S = 100;
/** Topics of one host that are remembered, for what is worked out of two of them. */
const MAX_REMEMBERED = 512;

/**
 * collectd's mqtt plugin, which is OpenWrt's collectd-mod-mqtt: `PREFIX/HOST/PLUGIN[-INSTANCE]/TYPE[-INSTANCE]` with
 * `EPOCH.mmm:value[:value…]` and a NUL behind it. With `StoreRates false` counters come as they are and stay counters;
 * with collectd's default they come as rates, which can be no counters again.
 */
export const format: Format = {
  title: { id: 'collectd (OpenWrt)', en: 'collectd (OpenWrt)' },
  topicExample: 'collectd/kg-017-ap1',
  topicPattern: /\//,
  // OpenWrt's interval is 30 s.
  maxAgeS: 90,
  open: openReader,
};

function openReader(own: string): FormatReader {
  /** Null until a value showed it. */
  let hasRates: boolean | null = null;
  const idle = new Map<string, { readonly at: number; readonly jiffies: number }>();
  const memory = new Map<string, number>();

  /** A rate has a fraction, or is `nan` the first time; 0 is both. */
  function learn(sources: readonly DataSource[], texts: readonly string[]): void {
    for (const [at, { isCounter }] of sources.entries()) {
      const text = texts[at];
      if (!isCounter || text === undefined) continue;
      if (/[.ein]/i.test(text)) hasRates = true;
      else if (hasRates === null && /^[1-9]/.test(text)) hasRates = false;
    }
  }

  function valuesOf(plugin: string, type: string, numbers: readonly (number | null)[], time: number): Value[] {
    const [typeName] = split(type);
    const sources = sourcesOf(typeName);
    const values: Value[] = [];
    for (const [at, number] of numbers.entries()) {
      const source = sources[at];
      if (number === null) continue;
      const isCounter = source?.isCounter === true;
      // Whether it is a counter or its rate is not known yet.
      if (isCounter && hasRates === null) continue;
      const name = numbers.length === 1 ? '' : (source?.name ?? String(at));
      values.push(
        collectdQuantity({ plugin, type, source: name, isCounter, isRate: isCounter && hasRates === true }, number),
      );
    }
    return [...values, ...derived(plugin, type, numbers[0] ?? null, time)];
  }

  /** What people look for and collectd says only in parts. */
  function derived(plugin: string, type: string, number: number | null, time: number): readonly Value[] {
    if (number === null) return [];
    const [pluginName, instance] = split(plugin);
    if (pluginName === 'cpu' && type === 'cpu-idle') {
      const busy = hasRates === true ? number : idleRate(instance, number, time);
      return busy === null
        ? []
        : [percent('cpu.usage_percent', instance, 100 - (busy / JIFFIES_PER_S) * 100, `cpu ${instance}`)];
    }
    if (pluginName === 'memory' && type.startsWith('memory-')) {
      memory.set(type, number);
      if (type !== 'memory-used' || memory.size < 3) return [];
      const total = [...memory.values()].reduce((sum, part) => sum + part, 0);
      return total === 0 ? [] : [percent('mem.used_percent', '', (number / total) * 100, 'memory')];
    }
    return [];
  }

  function idleRate(instance: string, jiffies: number, time: number): number | null {
    const before = idle.get(instance);
    if (before === undefined && idle.size >= MAX_REMEMBERED) return null;
    idle.set(instance, { at: time, jiffies });
    if (before === undefined || time <= before.at || jiffies < before.jiffies) return null;
    return (jiffies - before.jiffies) / (time - before.at);
  }

  return {
    publishes: [`${own}/#`],
    subscribes: [],
    read({ topic, payload }: Message): Said {
      const levels = topic.slice(own.length + 1).split('/');
      const [plugin = '', type = ''] = levels;
      const read = readPayload(payload);
      if (levels.length !== 2 || plugin === '' || type === '' || read === null) return { fault: 'bad-payload' };
      if (memory.size > 64) memory.clear();
      const [typeName] = split(type);
      learn(sourcesOf(typeName), read.texts);
      if (typeName === 'uptime' && read.values[0] !== null && read.values[0] !== undefined)
        return { values: [uptimeValue(read.values[0])] };
      return { values: valuesOf(plugin, type, read.values, read.timeS) };
    },
  };
}

const percent = (metric: string, instance: string, value: number, label: string): Value => ({
  metric,
  instance,
  kind: 'gauge',
  value: Math.min(100, Math.max(0, value)),
  label,
  unit: '%',
});

const TIME = /^\d{1,12}(?:\.\d{1,9})?$/;
const VALUE = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const NOT_A_NUMBER = /^[+-]?(?:nan|inf(?:inity)?|U)$/i;

/**
 * The values of a payload, null for one that is not known (`nan`), and as they were written.
 * @returns null where it is no payload of collectd
 */
export function readPayload(
  payload: Buffer,
): { readonly timeS: number; readonly values: readonly (number | null)[]; readonly texts: readonly string[] } | null {
  if (payload.length > 2_000) return null;
  const end = payload.at(-1) === 0 ? payload.length - 1 : payload.length;
  const [time = '', ...texts] = payload.toString('latin1', 0, end).split(':');
  if (!TIME.test(time) || texts.length === 0 || texts.length > MAX_VALUES) return null;
  const values: (number | null)[] = [];
  for (const text of texts) {
    const value = VALUE.test(text) ? Number(text) : Number.NaN;
    if (!Number.isFinite(value) && !NOT_A_NUMBER.test(text)) return null;
    values.push(Number.isFinite(value) ? value : null);
  }
  return { timeS: Number(time), values, texts };
}
