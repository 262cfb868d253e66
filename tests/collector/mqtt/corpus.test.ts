import { describe, expect, test } from 'vitest';
import { type FormatReader, loadFormats, type Said } from '../../../collector/mqtt/format.ts';
import { readPayload as readCollectd } from '../../../collector/mqtt/formats/collectd.ts';
import { readPayload as readSparkplug } from '../../../collector/mqtt/sparkplug/payload.ts';
import { covers } from '../../../collector/mqtt/topic-tree.ts';
import { type CorpusMessage, hasMqttCorpus, messageOf, mqttCorpus } from '../../support/mqtt-corpus.ts';

const formats = await loadFormats();

/** The topic of the device that each message is of, as someone would write it down. */
const OWN_TOPIC: Readonly<Record<string, (levels: readonly string[]) => string>> = {
  collectd: (levels) => levels.slice(0, 2).join('/'),
  tasmota: ([first = '', second = '']) => (['tele', 'stat', 'cmnd'].includes(first) ? second : first),
  esphome: (levels) =>
    levels.slice(0, levels.indexOf('sensor') > 0 || levels.indexOf('binary_sensor') > 0 ? 2 : 1).join('/'),
  'lwt-traces': (levels) => levels.slice(0, 2).join('/'),
  shelly: (levels) => levels.slice(0, 2).join('/'),
  zigbee2mqtt: (levels) => levels.slice(0, 2).join('/'),
  chirpstack: (levels) => levels.slice(0, 3).join('/'),
  epever: ([first = '']) => first,
  homie: (levels) => levels.slice(0, 3).join('/'),
  'sparkplug-b': ([, group = '', , node = '']) => `${group}/${node}`,
  victron: ([, portal = '']) => portal,
  teltonika: ([first = '', second = '', third = '']) => (first === 'get' || third !== '' ? second : '1105654321'),
};
const FORMAT_OF: Readonly<Record<string, string>> = { 'lwt-traces': 'esphome' };

function readerOf({ file, topic }: CorpusMessage): FormatReader {
  const own = OWN_TOPIC[file]?.(topic.split('/')) ?? '';
  const reader = formats.get(FORMAT_OF[file] ?? file)?.open(own);
  if (reader === undefined) throw new Error(`no format for ${file}`);
  return reader;
}

/** What the message says, where the device could have sent it at all. */
function saidOf(message: CorpusMessage): Said | null {
  const reader = readerOf(message);
  const isHeard = reader.publishes.some((filter) => covers(filter, message.topic));
  return isHeard ? reader.read(messageOf(message.topic, message.payload)) : null;
}

describe.skipIf(!hasMqttCorpus)('messages of real devices', () => {
  test.each(mqttCorpus('collectd'))('collectd: $topic', ({ payload, expect: want }) => {
    const read = readCollectd(payload);

    expect({ time: read?.timeS, values: read?.values }).toEqual(want);
  });

  test.each(mqttCorpus('sparkplug-b').filter(({ expect: want }) => want !== undefined))(
    'Sparkplug B: $topic',
    ({ payload, expect: want }) => {
      const { timestamp, metrics } = readSparkplug(payload);

      const wanted = want?.['metrics'] as readonly { readonly name: string; readonly value: unknown }[];
      expect(timestamp).toBe(want?.['timestamp']);
      expect(metrics.map(({ name, value }) => ({ name, value }))).toEqual(
        wanted.map(({ name, value }) => ({ name, value })),
      );
    },
  );

  const telling = mqttCorpus().filter(
    ({ file, means }) => file in OWN_TOPIC && (means === 'online' || means === 'offline'),
  );
  test.each(telling)('$file: $topic says $means', (message) => {
    expect(saidOf(message)?.life).toBe(message.means);
  });

  const peers = mqttCorpus('tasmota').filter(({ peerExpect }) => peerExpect !== undefined);
  test.each(peers)('Tasmota: $topic has what another reader finds in it', (message) => {
    const said = saidOf(message);
    if (said === null) return;
    const found = new Map<string, unknown>(
      [
        ...Object.entries(said.texts ?? {}),
        ...(said.values ?? []).map(({ instance, value }) => [instance, value] as const),
        ...Object.entries(said.identity ?? {}),
      ].map(([name, value]) => [name.replace(/^RESULT\d?\//, ''), value]),
    );
    const isFahrenheit = message.payload.includes('"TempUnit":"F"');

    for (const [name, value] of Object.entries(message.peerExpect ?? {})) {
      // Moments, texts of no known meaning and led colours are of no interest; the model is found as such.
      if (name === 'Time' || value === null || (typeof value === 'string' && !name.endsWith('Action'))) continue;
      const path = name.replace(/^(ENERGY|MARGINS|INFO)\./, '$1/').replace('_', '/');
      const want = typeof value === 'boolean' ? Number(value) : value;
      const got = found.get(path) ?? found.get(name);
      if (isFahrenheit && path.endsWith('Temperature')) expect(got).toBeCloseTo(((Number(value) - 32) * 5) / 9, 9);
      else expect([name, got]).toEqual([name, want]);
    }
  });

  const broken = mqttCorpus().filter(
    ({ file, validJson, payload }) => file in OWN_TOPIC && validJson === false && /^\s*\{/.test(String(payload)),
  );
  test.each(broken)('$file: $topic holds broken JSON, which costs this message alone', (message) => {
    const said = saidOf(message);

    const isMended = said?.values !== undefined && said.values.length > 0;
    expect(isMended || said?.fault === 'bad-json').toBe(true);
  });

  test.each(mqttCorpus('victron'))('Victron: $topic', (message) => {
    const said = saidOf(message);
    const value = message.payload.length === 0 ? undefined : JSON.parse(String(message.payload)).value;
    const index = message.topic.split('/').slice(2).join('/');
    const isSet = /\/settings\/|\/Settings\/|\/History\//.test(message.topic);

    if (message.topic.startsWith('R/')) expect(said).toBeNull();
    else if (value === undefined) expect(said?.withdrawn).toEqual([index]);
    else if (typeof value !== 'number' || isSet || !index.includes('/')) expect(said?.values ?? []).toEqual([]);
    else expect(said?.values).toMatchObject([{ instance: index, value }]);
  });

  test('every format bears every message of every other', () => {
    for (const message of mqttCorpus())
      for (const format of formats.values()) {
        const reader = format.open(format.topicExample);
        for (const filter of [...reader.publishes, ...(reader.overhears ?? [])])
          reader.read(messageOf(filter.replaceAll('+', 'x').replace('#', 'x/y'), message.payload));
        expect(() => reader.read(messageOf(message.topic, message.payload))).not.toThrow();
      }
  });
});
