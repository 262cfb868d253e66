import type { Format, FormatReader, Message, Outgoing, Said } from '../format.ts';
import { at, isObject, parseJson } from '../json.ts';
import { measured, otherValue, type Quantity, STATE, uptimeValue, type Value } from '../values.ts';

/** A GX device falls silent 60 s after the last keepalive. */
const KEEPALIVE_S = 30;
/** In between it says only what changed; now and then it is asked for all. */
const FULL_EVERY = 10;

const sensor = (kind: string, scale?: number): Quantity =>
  scale === undefined ? { group: 'sensor', class: kind } : { group: 'sensor', class: kind, scale };

/** By the last part of a D-Bus path; units are SI there, but for seconds where we count minutes. */
const BY_NAME: Readonly<Record<string, Quantity>> = {
  Voltage: sensor('voltage'),
  V: sensor('voltage'),
  Current: sensor('current'),
  I: sensor('current'),
  Power: sensor('power'),
  P: sensor('power'),
  Frequency: sensor('frequency'),
  F: sensor('frequency'),
  Temperature: sensor('temperature'),
  Humidity: sensor('humidity'),
  Soc: sensor('charge'),
  TimeToGo: sensor('runtime', 1 / 60),
  Level: sensor('percent'),
  Remaining: { group: 'sensor', class: 'count' },
  PowerFactor: sensor('power_factor'),
  State: STATE,
  Connected: STATE,
  Status: STATE,
};

/** Services of the GX device's own workings: what is set, rather than what is measured. */
const SKIPPED: ReadonlySet<string> = new Set([
  'settings',
  'logger',
  'vrmlogger',
  'hub4',
  'modbusclient',
  'fronius',
  'ble',
]);
/** Parts of a path under which something is set, or long past. */
const SKIPPED_PARTS: ReadonlySet<string> = new Set(['Settings', 'History', 'Alarms', 'Mgmt', 'Devices', 'Debug']);

/** Venus OS: chargers, inverters and batteries behind a GX device. The topic is its portal id. */
export const format: Format = {
  title: { id: 'Victron Venus OS', en: 'Victron Venus OS' },
  topicExample: 'c0619ab12345',
  topicPattern: /^\w+$/,
  maxAgeS: 100,
  open: openReader,
};

function openReader(portal: string): FormatReader {
  const keepalive = (payload: string): Outgoing => ({ topic: `R/${portal}/keepalive`, payload });
  return {
    publishes: [`N/${portal}/#`],
    subscribes: [`R/${portal}/#`, `W/${portal}/#`],
    asks: {
      everyS: KEEPALIVE_S,
      messages: (round) => [keepalive(round % FULL_EVERY === 0 ? '' : '{"keepalive-options":["suppress-republish"]}')],
    },
    read({ topic, payload }: Message): Said {
      const [service = '', instance, ...path] = topic.split('/').slice(2);
      if (instance === undefined || path.length === 0 || SKIPPED.has(service)) return {};
      const index = [service, instance, ...path].join('/');
      // The device behind the GX device left its bus.
      if (payload.length === 0) return { withdrawn: [index] };
      const message = parseJson(payload.toString('utf8'));
      if (!isObject(message) || !('value' in message)) return { fault: 'bad-json' };
      return saidOf(service, path, index, at(message, 'value'));
    },
  };
}

function saidOf(service: string, path: readonly string[], index: string, value: unknown): Said {
  // Null is a value that is not there at the moment.
  if (value === null || path.some((part) => SKIPPED_PARTS.has(part))) return {};
  if (typeof value === 'number') return { values: [numberValue(path, index, value)].flat() };
  if (typeof value !== 'string' || value === '') return {};
  const text = value.slice(0, 120);
  if (path.length > 1) return {};
  if (service === 'platform' || service === 'system') {
    if (path[0] === 'Serial') return { identity: { serial: text, vendor: 'Victron Energy' } };
    if (path[0] === 'Model' || path[0] === 'SystemType') return { texts: { [index]: text } };
  }
  return ['ProductName', 'CustomName', 'FirmwareVersion', 'Serial'].includes(path[0] ?? '')
    ? { texts: { [index]: text } }
    : {};
}

function numberValue(path: readonly string[], index: string, value: number): Value | readonly Value[] {
  if (!Number.isFinite(value)) return [];
  const name = path.at(-1) ?? '';
  if (path.length === 1 && name === 'Uptime') return uptimeValue(value);
  const quantity = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  return quantity === undefined ? otherValue(index, value) : measured(quantity, index, value, index);
}
