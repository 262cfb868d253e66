import type { Format, FormatReader, Message, Outgoing, Said } from '../format.ts';
import { measured, numberIn, type Quantity, STATE, switchOf, uptimeValue } from '../values.ts';

/** Seconds between two questions; each is answered by itself. */
const ASK_EVERY_S = 60;
const ASKED = [
  'temperature',
  'signal',
  'uptime',
  'operator',
  'network',
  'connection',
  'digital1',
  'digital2',
  'analog',
];
/** They hardly ever change. */
const ASKED_SELDOM = ['name', 'wan'];
const SELDOM = 30;

/** Temperature comes in 0.1 °C, analog in volts. */
const QUANTITIES: Readonly<Record<string, Quantity>> = {
  temperature: { group: 'sensor', class: 'temperature', scale: 0.1 },
  signal: { group: 'sensor', class: 'signal' },
  analog: { group: 'sensor', class: 'voltage' },
  digital1: STATE,
  digital2: STATE,
};

/**
 * RutOS's MQTT publisher, which says nothing until it is asked by `get/SERIAL/command` and answers under
 * `router/SERIAL/` (gateways of the TRB line: `device/SERIAL/`).
 */
export const format: Format = {
  title: { id: 'Teltonika RutOS', en: 'Teltonika RutOS' },
  topicExample: '1105654321',
  topicPattern: /^\w+$/,
  maxAgeS: 150,
  open: openReader,
};

function openReader(serial: string): FormatReader {
  const ask = (name: string): Outgoing => ({ topic: `get/${serial}/command`, payload: name });
  return {
    publishes: [`router/${serial}/#`, `device/${serial}/#`],
    subscribes: [`get/${serial}/#`, 'router/get', 'device/get'],
    asks: {
      everyS: ASK_EVERY_S,
      messages: (round) => [...ASKED, ...(round % SELDOM === 0 ? ASKED_SELDOM : [])].map(ask),
    },
    read({ topic, payload }: Message): Said {
      const name = topic.split('/').slice(2).join('/').toLowerCase();
      const text = payload.toString('utf8').trim();
      const identity = { serial, vendor: 'Teltonika' };
      if (text === '' || text.length > 200) return text === '' ? {} : { fault: 'bad-payload' };
      const number = numberIn(text) ?? switchOf(text);
      if (name === 'uptime') return number === null ? { fault: 'bad-payload' } : { values: [uptimeValue(number)] };
      const quantity = Object.hasOwn(QUANTITIES, name) ? QUANTITIES[name] : undefined;
      if (quantity === undefined) return { texts: { [name]: text }, identity };
      return number === null
        ? { fault: 'bad-payload' }
        : { values: [measured(quantity, name, number, name)], identity };
    },
  };
}
