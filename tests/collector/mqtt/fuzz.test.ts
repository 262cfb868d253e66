import { describe, expect, test } from 'vitest';
import { loadFormats } from '../../../collector/mqtt/format.ts';
import { parseJson } from '../../../collector/mqtt/json.ts';
import { messageOf } from '../../support/mqtt-corpus.ts';
import { mutate, seededRandom } from '../../support/random.ts';
import { bytesField, fixed32Field, payloadOf, varintField } from '../../support/sparkplug.ts';

const ROUNDS = 10_000;
const formats = await loadFormats();

/** Payloads as each format has them, to be damaged. */
const SEEDS: readonly Buffer[] = [
  '{"Time":"2018-02-15T17:37:10","ENERGY":{"Total":6.294,"Power":2635,"Voltage":227,"Current":11.661},"TempUnit":"C"}',
  '{"voltage":{"battery":26.4},"mains":true,"wireless":{"clients":{"wlan0":3}}}',
  '{"value":20.43000030517578}',
  '{"src":"x","method":"NotifyStatus","params":{"ts":1.5,"switch:0":{"id":0,"voltage":231}}}',
  '{"homie":"5.0","root":"gate","nodes":{"power":{"properties":{"battery":{"unit":"V"}}}}}',
  '{"gatewayId":"0016","state":"ONLINE","rxInfo":[{"rssi":-57,"snr":9.5}]}',
  '1795300833.060:0.12109375:0.60693359375:1.297363281250\0',
  'online',
  '-71.5',
]
  .map((text): Buffer => Buffer.from(text))
  .concat(
    payloadOf(4, [
      { name: 'bdSeq', datatype: 8, value: varintField(11, 0n) },
      { name: 'Supply Voltage', alias: 3, datatype: 9, value: fixed32Field(12, 12.1), unit: 'V' },
      { name: 'Properties/OS', datatype: 12, value: bytesField(15, Buffer.from('Raspbian')) },
    ]),
  );

/** What each format has of its own, so that most of what it gets is nearly right. */
const OWN: Readonly<Record<string, number>> = {
  collectd: 6,
  'sparkplug-b': 9,
  victron: 2,
  simpul: 1,
  homie: 4,
  shelly: 3,
};

/** Last levels of topics that formats give a meaning of their own. */
const ENDS = [
  'status',
  'readings',
  'info',
  '$state',
  '$description',
  'events/rpc',
  'SENSOR',
  'LWT',
  'load/load',
  'cpu-0/cpu-idle',
  'Dc/0/Voltage',
];

describe('damaged messages', () => {
  test.each([...formats])(`%s: ${ROUNDS} of them are read or refused, and every value is a number`, (id, format) => {
    const random = seededRandom(id.length * 7_919);
    const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
    const reader = format.open(format.topicExample);
    const filters = [...reader.publishes, ...(reader.overhears ?? [])];

    for (let round = 0; round < ROUNDS; round++) {
      const seed = random() < 0.8 ? SEEDS[OWN[id] ?? 0] : pick(SEEDS);
      const payload = mutate(seed ?? Buffer.alloc(0), random);
      const filter = pick(filters) ?? '';
      const topic = filter.replaceAll('+', 'x').replace('#', pick(ENDS) ?? '');
      const said = reader.read(messageOf(topic, payload));
      for (const { value, instance, metric } of said.values ?? [])
        if (!Number.isFinite(value) || instance.length > 2_000 || !/^[a-z]+\.\w+$/.test(metric))
          throw new Error(`${metric} ${instance} = ${value} of ${payload.toString('hex')}`);
    }
  });

  test('JSON that is deep, wide, or all brackets costs little and breaks nothing', () => {
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`v${at}`, at])));
    const brackets = '['.repeat(200_000);
    const nans = `{"a":${'[nan,'.repeat(30_000)}`;

    for (const format of formats.values()) {
      const reader = format.open(format.topicExample);
      for (const payload of [deep, wide, brackets, nans])
        for (const filter of reader.publishes) {
          const said = reader.read(messageOf(filter.replaceAll('+', 'x').replace('#', 'readings'), payload));
          expect((said.values ?? []).length).toBeLessThanOrEqual(500);
        }
    }
    expect(parseJson(brackets)).toBeUndefined();
  });
});
