import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, test } from 'vitest';
import type { Listener } from '../../../collector/listener.ts';
import { listen } from '../../../collector/listeners/mqtt.ts';
import type { WatchedDevice } from '../../../collector/pipeline/watched-device.ts';
import { Secret } from '../../../core/config/secret.ts';
import { leftovers, untilNothingIsLeft } from '../../support/leftovers.ts';
import { startMosquitto } from '../../support/mosquitto.ts';
import { type HeardCollector, heardCollector, speakingDevice } from '../../support/mqtt-listener.ts';
import { freePort } from '../../support/port.ts';

const BOX = speakingDevice('box', 'simpul', 'simpul/box');

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function start(
  url: string,
  devices: readonly WatchedDevice[],
): Promise<{ collector: HeardCollector; listener: Listener }> {
  const collector = heardCollector({ url: new Secret(url), bind: '', port: 0, tls: null }, devices);
  const listener = await listen(collector);
  if (listener === null) throw new Error('it does not listen');
  stops.push(() => listener.close());
  return { collector, listener };
}

async function join(url: string, options: IClientOptions = {}): Promise<MqttClient> {
  const client = await connectAsync(url, { reconnectPeriod: 0, ...options }, false);
  client.on('error', () => {});
  stops.push(() => client.endAsync(true));
  return client;
}

const untilItHears = (collector: HeardCollector): Promise<void> =>
  expect.poll(() => collector.hearing.since(), { timeout: 20_000 }).not.toBeNull();

const kept = { qos: 1, retain: true } as const;

test('a will is heard at most 2 s after the broker publishes it', async () => {
  const mosquitto = await startMosquitto();
  stops.push(mosquitto.stop);
  const { collector } = await start(mosquitto.url, [BOX]);
  await untilItHears(collector);
  const watcher = await join(mosquitto.url);
  await watcher.subscribeAsync('simpul/box/status', { qos: 1 });
  const delays: number[] = [];

  for (let round = 1; round <= 5; round++) {
    const will = { topic: 'simpul/box/status', payload: Buffer.from('offline'), ...kept };
    const box = await join(mosquitto.url, { will });
    await box.publishAsync('simpul/box/status', 'online', kept);
    await expect.poll(() => collector.events.filter(({ type }) => type === 'online').length).toBe(round);
    const published = new Promise<number>((done) => {
      watcher.on('message', (_topic, payload) => String(payload) === 'offline' && done(performance.now()));
    });
    const goneBefore = collector.events.filter(({ type }) => type === 'gone').length;
    const heard = collector
      .until(() => collector.events.filter(({ type }) => type === 'gone').length > goneBefore)
      .then(() => performance.now());
    box.stream.destroy();
    delays.push((await heard) - (await published));
    watcher.removeAllListeners('message');
  }

  // The watcher is another client of the broker: what it sees after us counts as no delay.
  const worst = Math.max(...delays);
  process.stdout.write(
    `will: heard ${worst.toFixed(1)} ms after another client of the broker, at the worst of ${delays.length}\n`,
  );
  expect(worst).toBeLessThan(2_000);
});

test('a kept "online" is no sign of life, a kept value is not fresh, and who a device is may be old', async () => {
  const mosquitto = await startMosquitto();
  stops.push(mosquitto.stop);
  const past = await join(mosquitto.url);
  await past.publishAsync('simpul/box/status', 'online', kept);
  await past.publishAsync('simpul/box/readings', '{"charge":87}', kept);
  await past.publishAsync('simpul/box/info', '{"model":"PB-1"}', kept);

  const { collector, listener } = await start(mosquitto.url, [BOX]);
  await expect.poll(() => listener.stats()['kept_messages']).toBe(3);
  expect(collector.events).toEqual([]);
  await past.publishAsync('simpul/box/readings', '{"charge":86}', kept);

  await expect(collector.value('box', 'sensor.charge')).resolves.toBe(86);
  expect(collector.events[0]).toMatchObject({ told: { identity: { model: 'PB-1' } } });
});

test('a kept goodbye counts for a device that was not heard since', async () => {
  const mosquitto = await startMosquitto();
  stops.push(mosquitto.stop);
  const past = await join(mosquitto.url);
  await past.publishAsync('simpul/box/status', 'offline', kept);

  const { collector } = await start(mosquitto.url, [BOX]);

  await collector.until(({ type, deviceId }) => type === 'gone' && deviceId === 'box');
});

test('after the broker was away all is heard again, and in between nothing is held against anybody', async () => {
  const first = await startMosquitto();
  const port = Number(new URL(first.url).port);
  const { collector, listener } = await start(first.url, [BOX]);
  await untilItHears(collector);

  await first.stop();
  await expect.poll(() => collector.hearing.since()).toBeNull();
  const second = await startMosquitto(port);
  stops.push(second.stop);
  await untilItHears(collector);
  const box = await join(second.url);
  await box.publishAsync('simpul/box/readings', '{"charge":50}', { qos: 1 });

  await expect(collector.value('box', 'sensor.charge')).resolves.toBe(50);
  expect(listener.stats()['connections']).toBe(2);
});

test('a device that comes later is heard too, and one that is taken away no more', async () => {
  const mosquitto = await startMosquitto();
  stops.push(mosquitto.stop);
  const { collector, listener } = await start(mosquitto.url, [BOX]);
  await untilItHears(collector);
  const late = speakingDevice('late', 'tasmota', 'plug');

  collector.setDevices([late]);
  await expect.poll(() => listener.stats()['filters']).toBe(4);
  const client = await join(mosquitto.url);
  await client.publishAsync('simpul/box/readings', '{"charge":1}', { qos: 1 });
  await client.publishAsync('tele/plug/SENSOR', '{"ENERGY":{"Power":7}}', { qos: 1 });

  await expect(collector.value('late', 'sensor.power', 'ENERGY/Power')).resolves.toBe(7);
  expect(collector.events.some(({ deviceId }) => deviceId === 'box')).toBe(false);
});

describe('brokers that are none', () => {
  /** A server that does with each connection what it is told. */
  async function serve(meet: (socket: Socket) => void): Promise<string> {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
      meet(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    stops.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    });
    const address = server.address();
    return `mqtt://user:hunter2@127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  }

  test('one that speaks MQTT 3.1.1 alone is spoken to in that', async () => {
    const versions: number[] = [];
    const url = await serve((socket) => {
      socket.on('data', (bytes) => {
        if (bytes[0] === 0x10) {
          const version = bytes[bytes.indexOf('MQTT') + 4] ?? 0;
          versions.push(version);
          socket.write(Buffer.from([0x20, 2, 0, version === 4 ? 0 : 1]));
        } else if (bytes[0] === 0x82) socket.write(Buffer.from([0x90, 3, bytes[2] ?? 0, bytes[3] ?? 0, 1]));
      });
    });

    const { collector } = await start(url, [BOX]);
    await untilItHears(collector);

    expect(versions).toContain(5);
    expect(versions.at(-1)).toBe(4);
  });

  test.each([
    ['says nothing', () => {}],
    ['speaks another protocol', (socket: Socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['closes at once', (socket: Socket) => void socket.destroy()],
    ['closes in the middle of its answer', (socket: Socket) => void socket.end(Buffer.from([0x20, 9, 0]))],
    ['never ends its answer', (socket: Socket) => void socket.write(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]))],
  ])('one that %s: nothing is heard, nothing is left behind, and the end is clean', async (_what, meet) => {
    const before = leftovers();
    const met: Socket[] = [];
    const url = await serve((socket) => {
      met.push(socket);
      meet(socket);
    });
    const { collector, listener } = await start(url, [BOX]);
    await expect.poll(() => met.length).toBeGreaterThan(0);

    await listener.close();
    for (const stop of stops.splice(0).reverse()) await stop();

    expect(collector.hearing.since()).toBeNull();
    expect(await untilNothingIsLeft(before)).toEqual([]);
  });

  test('nobody there: it goes on trying until it is ended', async () => {
    const { collector, listener } = await start(`mqtt://127.0.0.1:${await freePort()}`, [BOX]);
    await expect.poll(() => listener.stats()['connection_failures'], { timeout: 10_000 }).toBeGreaterThan(1);

    await listener.close();

    expect(collector.hearing.since()).toBeNull();
  });
});
