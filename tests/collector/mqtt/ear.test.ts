import { expect, test } from 'vitest';
import { createEar } from '../../../collector/mqtt/ear.ts';
import { loadFormats, type Outgoing } from '../../../collector/mqtt/format.ts';
import { createRoster } from '../../../collector/mqtt/roster.ts';
import { silentLog } from '../../../core/log/log.ts';
import { handClock } from '../../support/hand-clock.ts';
import { heardCollector, OWN_BROKER, speakingDevice } from '../../support/mqtt-listener.ts';
import { payloadOf } from '../../support/sparkplug.ts';

const formats = await loadFormats();

function setUp(format: string, topic: string) {
  const time = handClock();
  const device = speakingDevice('d', format, topic);
  const collector = heardCollector(OWN_BROKER, [device], { timers: time, clock: time.clock });
  const roster = createRoster(formats, silentLog);
  roster.refresh([device]);
  const sent: Outgoing[] = [];
  const ear = createEar(collector, roster, { send: (message) => sent.push(message), followed: () => {} });
  const hear = (at: string, payload: string | Buffer, isKept = false): void =>
    ear.hear({ topic: at, payload: Buffer.from(payload), isKept, at: time.clock() });
  const tolds = () => collector.events.flatMap((event) => (event.type === 'told' ? [event.told] : []));
  return { time, collector, ear, hear, sent, tolds };
}

test('what a device says in a breath is told at once, and a second value of one reading is not lost', async () => {
  const { time, hear, tolds } = setUp('tasmota', 'plug');

  hear('tele/plug/SENSOR', '{"ENERGY":{"Power":1}}');
  hear('tele/plug/STATE', '{"Wifi":{"Signal":-60}}');
  await time.advance(100);
  hear('tele/plug/SENSOR', '{"ENERGY":{"Power":2}}');
  await time.advance(600);

  expect(tolds().map(({ readings }) => readings.map(({ metric, value }) => [metric, value]))).toEqual([
    [
      ['sensor.power', 1],
      ['wireless.rssi', -60],
    ],
    [['sensor.power', 2]],
  ]);
});

test('a goodbye comes after what was said before it, even in the same millisecond', () => {
  const { collector, hear } = setUp('simpul', 'x');

  hear('x/readings', '{"charge":5}');
  hear('x/status', 'offline');

  const [told, gone] = collector.events;
  expect(told).toMatchObject({ type: 'told', told: { readings: [{ value: 5 }] } });
  expect(gone?.type === 'gone' && told?.type === 'told' && gone.at > told.told.at).toBe(true);
});

test('names are written when they are new, but not at every message', async () => {
  const { time, hear, tolds } = setUp('simpul', 'x');

  for (let at = 0; at < 100; at++) {
    hear('x/readings', JSON.stringify({ voltage: { [`cell ${at}`]: 3.3 } }));
    await time.advance(1_000);
  }

  const lists = tolds().flatMap(({ findings }) => (findings === undefined ? [] : [findings['readings']]));
  expect(lists).toHaveLength(2);
  expect(lists[1]).toContainEqual({ metric: 'sensor.voltage', instance: 'cell 60', label: 'cell 60', unit: 'V' });
});

test('a device that invents names without end gets no more than its share', async () => {
  const { time, ear, hear, tolds } = setUp('simpul', 'x');

  for (let at = 0; at < 20; at++) {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, cell) => [`${at}-${cell}`, 1]));
    hear('x/readings', JSON.stringify({ voltage: many }));
    await time.advance(1_000);
  }

  const instances = new Set(tolds().flatMap(({ readings }) => readings.map(({ instance }) => instance)));
  expect(instances.size).toBe(500);
  expect(ear.stats()['too_many_readings']).toBe(1_500);
});

test('a node without a birth is asked for one, but not at every message', async () => {
  const { time, hear, sent } = setUp('sparkplug-b', 'G/N');

  for (let second = 0; second < 20; second++) {
    hear('spBv1.0/G/NDATA/N', payloadOf(second, []));
    await time.advance(1_000);
  }

  expect(sent.map(({ topic }) => topic)).toEqual(['spBv1.0/G/NCMD/N', 'spBv1.0/G/NCMD/N']);
});

test('a payload beyond the limit, and topics of nobody, are counted and left', () => {
  const { ear, hear, collector } = setUp('simpul', 'x');

  hear('x/readings', Buffer.alloc(300_000, 0x20));
  hear('other/readings', '{}');
  hear('x/readings', 'nonsense');

  expect(ear.stats()).toMatchObject({ 'refused_too-large': 1, unheeded: 1, 'refused_bad-json': 1, messages: 3 });
  expect(collector.events).toEqual([]);
});
