import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bus, BusEvent } from '../../../core/bus/bus.ts';
import { mqttBus } from '../../../core/bus/mqtt.ts';
import { Secret } from '../../../core/config/secret.ts';
import { silentLog } from '../../../core/log/log.ts';
import { startMosquitto } from '../../support/mosquitto.ts';
import { freePort } from '../../support/port.ts';

const EVENT: BusEvent = { type: 'inventory-changed', regionCode: '16.03', at: 1 };
let broker: Awaited<ReturnType<typeof startMosquitto>>;
const open: Bus[] = [];

async function join(clientId: string): Promise<{ bus: Bus; heard: BusEvent[] }> {
  const bus = await mqttBus({ url: new Secret(broker.url), clientId, log: silentLog });
  const heard: BusEvent[] = [];
  bus.subscribe((event) => heard.push(event));
  open.push(bus);
  return { bus, heard };
}

const hears = (bus: Bus): Promise<BusEvent> =>
  new Promise((resolve) => {
    const leave = bus.subscribe((event) => {
      leave();
      resolve(event);
    });
  });

beforeAll(async () => {
  broker = await startMosquitto();
});
afterAll(async () => {
  for (const bus of open) await bus.close();
  await broker?.stop();
});

test('an event of one process is heard by the other', async () => {
  const { bus: collector } = await join('collector-1');
  const { bus: api } = await join('api-1');
  const heard = hears(api);

  collector.publish(EVENT);

  await expect(heard).resolves.toMatchObject(EVENT);
});

test('a process hears its own event once', async () => {
  const { bus, heard } = await join('collector-2');
  const { bus: other } = await join('api-2');
  const passed = hears(other);

  bus.publish(EVENT);
  await passed;
  const marker = hears(bus);
  other.publish({ ...EVENT, at: 2 });
  await marker;

  expect(heard.map((event) => 'at' in event && event.at)).toEqual([1, 2]);
});

test('nonsense on the topic is ignored', async () => {
  const { bus, heard } = await join('api-3');
  const stranger = await connectAsync(broker.url);
  for (const text of ['', '{', '[]', 'null', '{"type":"rm -rf"}', 'x'.repeat(100_000)]) {
    await stranger.publishAsync('simpul/events', text, { qos: 1 });
  }
  const next = hears(bus);
  await stranger.publishAsync('simpul/events', JSON.stringify(EVENT), { qos: 1 });
  await next;
  await stranger.endAsync();

  expect(heard).toEqual([EVENT]);
});

test('a broker that is away is said at the start, without the password of its URL', async () => {
  const port = await freePort();

  const start = mqttBus({ url: new Secret(`mqtt://u:hunter2@127.0.0.1:${port}`), clientId: 'x', log: silentLog });

  await expect(start).rejects.toMatchObject({ code: 'store-unavailable' });
  await expect(start).rejects.not.toThrow(/hunter2/);
});

test('a message to another process is heard there, is no event, and nonsense beside it is neither', async () => {
  const { bus: asking, heard } = await join('api-m');
  const { bus: collector } = await join('collector-m');
  const messages: string[] = [];
  const isHeard = new Promise<void>((resolve) => {
    collector.hear((message) => {
      messages.push(message.type === 'poll-asked' ? message.deviceId : message.type);
      resolve();
    });
  });
  const stranger = await connectAsync(broker.url);
  await stranger.publishAsync('simpul/messages', '{"type":"poll-asked","askId":1}', { qos: 1 });
  await stranger.publishAsync('simpul/messages', 'x'.repeat(20_000), { qos: 1 });
  await stranger.endAsync();

  asking.send({ type: 'poll-asked', askId: 'a', deviceId: 'd' });
  await isHeard;

  expect(messages).toEqual(['d']);
  expect(heard).toEqual([]);
});
