import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, test } from 'vitest';
import type { Listener } from '../../../collector/listener.ts';
import { listen } from '../../../collector/listeners/mqtt.ts';
import type { WatchedDevice } from '../../../collector/pipeline/watched-device.ts';
import { type HeardCollector, heardCollector, OWN_BROKER, speakingDevice } from '../../support/mqtt-listener.ts';

const PASSWORD = 'a long password';
const A = speakingDevice('box-a', 'simpul', 'simpul/a', PASSWORD);
const B = speakingDevice('box-b', 'simpul', 'simpul/b', `${PASSWORD} of b`);

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function start(devices: readonly WatchedDevice[]): Promise<{
  collector: HeardCollector;
  listener: Listener;
  port: number;
}> {
  const collector = heardCollector(OWN_BROKER, devices);
  const listener = await listen(collector);
  if (listener === null) throw new Error('it does not listen');
  stops.push(() => listener.close());
  return { collector, listener, port: listener.stats()['port'] ?? 0 };
}

async function signIn(port: number, options: IClientOptions): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0, ...options }, false);
  client.on('error', () => {});
  stops.push(() => client.endAsync(true));
  return client;
}

const asA = { username: 'box-a', password: PASSWORD };
const asB = { username: 'box-b', password: `${PASSWORD} of b` };
const readings = (battery: number): string => JSON.stringify({ voltage: { battery }, mains: true });

describe.each([
  { protocolVersion: 3, protocolId: 'MQIsdp' },
  { protocolVersion: 4, protocolId: 'MQTT' },
  { protocolVersion: 5, protocolId: 'MQTT' },
] as const)('MQTT version byte $protocolVersion', (version) => {
  test('a device signs in with its credential, and what it says is told', async () => {
    const { collector, port } = await start([A, B]);
    const client = await signIn(port, { ...version, ...asA, clientId: 'any name' });

    await client.publishAsync('simpul/a/readings', readings(26.4), { qos: 1 });

    await expect(collector.value('box-a', 'sensor.voltage', 'battery')).resolves.toBe(26.4);
    await expect(collector.value('box-a', 'sensor.state', 'mains')).resolves.toBe(1);
  });

  test('a wrong password, none at all, and a name nobody has are refused', async () => {
    const { listener, port } = await start([A]);

    await expect(signIn(port, { ...version, username: 'box-a', password: 'wrong' })).rejects.toThrow(
      /refused|authorized/i,
    );
    await expect(signIn(port, { ...version })).rejects.toThrow(/refused|authorized/i);
    await expect(signIn(port, { ...version, username: 'constructor', password: PASSWORD })).rejects.toThrow(
      /refused|authorized/i,
    );
    expect(listener.stats()).toMatchObject({ 'refused_wrong-credential': 2, 'refused_no-credential': 1 });
  });

  test('a device cannot publish for another', async () => {
    const { collector, listener, port } = await start([A, B]);
    const a = await signIn(port, { ...version, ...asA });

    for (const qos of [0, 1, 2] as const)
      await a.publishAsync('simpul/b/readings', readings(1), { qos, retain: true }).catch(() => {});
    await a.publishAsync('simpul/a/readings', readings(2), { qos: 1 });
    await collector.value('box-a', 'sensor.voltage', 'battery');

    expect(collector.events.filter(({ deviceId }) => deviceId === 'box-b')).toEqual([]);
    expect(listener.stats()['refused_not-its-topic']).toBe(3);
  });

  test('a device cannot say goodbye for another by its will', async () => {
    const { collector, listener, port } = await start([A, B]);
    const b = await signIn(port, { ...version, ...asB });
    await b.publishAsync('simpul/b/status', 'online', { qos: 1, retain: true });
    await collector.until(({ type, deviceId }) => type === 'online' && deviceId === 'box-b');
    const will = { topic: 'simpul/b/status', payload: Buffer.from('offline'), qos: 1, retain: true } as const;
    const a = await signIn(port, { ...version, ...asA, will });

    a.stream.destroy();
    await expect.poll(() => listener.stats()['refused_not-its-topic']).toBe(1);

    expect(collector.events.some(({ type }) => type === 'gone')).toBe(false);
  });

  test("a device cannot read another's topics, with or without wildcards", async () => {
    const { collector, port } = await start([A, B]);
    const b = await signIn(port, { ...version, ...asB });
    await b.publishAsync('simpul/b/status', 'online', { qos: 1, retain: true });
    const a = await signIn(port, { ...version, ...asA });
    const heard: string[] = [];
    a.on('message', (topic) => heard.push(topic));

    const granted: number[] = [];
    for (const filter of [
      'simpul/b/status',
      'simpul/b/#',
      'simpul/+/status',
      'simpul/#',
      '#',
      '$SYS/#',
      'simpul/a/#',
    ]) {
      const answer = await a.subscribeAsync(filter).catch(() => [{ qos: 128 }]);
      granted.push(answer[0]?.qos ?? 128);
    }
    await b.publishAsync('simpul/b/readings', readings(24), { qos: 1 });
    await a.publishAsync('simpul/a/readings', readings(25), { qos: 1 });
    await collector.value('box-a', 'sensor.voltage', 'battery');
    await expect.poll(() => heard).toEqual(['simpul/a/readings']);

    expect(granted.map((qos) => qos < 3)).toEqual([false, false, false, false, false, false, true]);
  });
});

test('whoever guesses a password must wait, and nobody else', async () => {
  const { listener, port } = await start([A, B]);
  for (let guess = 0; guess < 30; guess++)
    await signIn(port, { username: 'box-a', password: `guess ${guess}` }).catch(() => {});

  await expect(signIn(port, asA)).rejects.toThrow(/refused|authorized/i);
  await signIn(port, asB);

  expect(listener.stats()).toMatchObject({ 'refused_wrong-credential': 30, 'refused_too-many-attempts': 1 });
});

test('a client that takes the name of another leaves the other alone', async () => {
  const { collector, port } = await start([A, B]);
  const b = await signIn(port, { ...asB, clientId: 'box' });
  await signIn(port, { ...asA, clientId: 'box' });

  await b.publishAsync('simpul/b/readings', readings(24.5), { qos: 1 });

  await expect(collector.value('box-b', 'sensor.voltage', 'battery')).resolves.toBe(24.5);
});

test('a topic under that of another device is its own alone', async () => {
  const inner = speakingDevice('inner', 'simpul', 'simpul/a/inner', 'password of inner');
  const { collector, port } = await start([A, inner]);
  const a = await signIn(port, { ...asA, protocolVersion: 5 });

  await expect(a.publishAsync('simpul/a/inner/readings', readings(1), { qos: 1 })).rejects.toThrow(/authorized/i);

  const own = await signIn(port, { username: 'inner', password: 'password of inner' });
  await own.publishAsync('simpul/a/inner/readings', readings(12.1), { qos: 1 });
  await expect(collector.value('inner', 'sensor.voltage', 'battery')).resolves.toBe(12.1);
});

test('one credential behind a gateway speaks for all devices that use it', async () => {
  const bridge = speakingDevice('bridge', 'zigbee2mqtt', 'z/bridge', PASSWORD);
  const door = { ...speakingDevice('door', 'zigbee2mqtt', 'z/door'), credential: bridge.credential };
  const { collector, port } = await start([bridge, door]);
  const gateway = await signIn(port, { username: 'bridge', password: PASSWORD });

  await gateway.publishAsync('z/bridge/state', '{"state":"online"}', { qos: 1 });
  await gateway.publishAsync('z/door', '{"temperature":26.2,"battery":88}', { qos: 1 });

  await expect(collector.value('door', 'sensor.temperature', 'temperature')).resolves.toBe(26.2);
  await collector.until(({ type, deviceId }) => type === 'online' && deviceId === 'bridge');
});

test('a credential that was taken away ends its connection', async () => {
  const { collector, port } = await start([A, B]);
  const a = await signIn(port, asA);
  const closed = new Promise<void>((done) => a.once('close', () => done()));

  collector.setDevices([B]);

  await closed;
  await expect(signIn(port, asA)).rejects.toThrow(/refused|authorized/i);
});

test('a will is heard as soon as its device is gone', async () => {
  const { collector, port } = await start([A]);
  const will = { topic: 'simpul/a/status', payload: Buffer.from('offline'), qos: 1, retain: true } as const;
  const a = await signIn(port, { ...asA, will });
  await a.publishAsync('simpul/a/status', 'online', { qos: 1, retain: true });
  await collector.until(({ type }) => type === 'online');

  a.stream.destroy();

  await collector.until(({ type, deviceId }) => type === 'gone' && deviceId === 'box-a');
});

test('our own end is no goodbye of the devices', async () => {
  const { collector, listener, port } = await start([A]);
  const will = { topic: 'simpul/a/status', payload: Buffer.from('offline'), qos: 1, retain: true } as const;
  const a = await signIn(port, { ...asA, will });
  await a.publishAsync('simpul/a/status', 'online', { qos: 1, retain: true });
  await collector.until(({ type }) => type === 'online');

  await listener.close();

  expect(collector.events.some(({ type }) => type === 'gone')).toBe(false);
});

test('a device is told at once what it is asked', async () => {
  const device = speakingDevice('gx', 'victron', 'c0619ab12345', PASSWORD);
  const { port } = await start([device]);
  const gx = await signIn(port, { username: 'gx', password: PASSWORD });
  const asked = new Promise<readonly [string, string]>((done) => {
    gx.once('message', (topic, payload) => done([topic, String(payload)]));
  });

  await gx.subscribeAsync('R/c0619ab12345/keepalive');

  await expect(asked).resolves.toEqual(['R/c0619ab12345/keepalive', '']);
});

test('a payload beyond the limit ends the connection of its sender and nothing else', async () => {
  const { collector, port } = await start([A, B]);
  const a = await signIn(port, asA);
  const b = await signIn(port, asB);
  const closed = new Promise<void>((done) => a.once('close', () => done()));

  a.publish('simpul/a/readings', Buffer.alloc(400_000, 0x20));
  await closed;
  await b.publishAsync('simpul/b/readings', readings(23.9), { qos: 1 });

  await expect(collector.value('box-b', 'sensor.voltage', 'battery')).resolves.toBe(23.9);
});

test('messages begun and never ended cost the connection', async () => {
  const { port } = await start([A]);
  const socket = connectTcp(port, '127.0.0.1');
  stops.push(async () => socket.destroy());
  const text = (value: string): Buffer => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
  const packet = (type: number, body: Buffer): Buffer => Buffer.concat([Buffer.from([type, body.length]), body]);
  socket.write(
    packet(0x10, Buffer.concat([text('MQTT'), Buffer.from([4, 0xc2, 0, 0]), text('x'), text('box-a'), text(PASSWORD)])),
  );
  await once(socket, 'data');
  socket.resume();
  const closed = once(socket, 'close');

  for (let id = 1; id <= 150; id++) {
    const publish = Buffer.concat([text('simpul/a/x'), Buffer.from([id >> 8, id & 0xff]), Buffer.from('1')]);
    socket.write(packet(0x34, publish));
  }

  await closed;
});
