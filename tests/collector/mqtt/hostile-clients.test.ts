import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Listener } from '../../../collector/listener.ts';
import { listen } from '../../../collector/listeners/mqtt.ts';
import { createAuthority } from '../../support/certificates.ts';
import { leftovers, untilNothingIsLeft } from '../../support/leftovers.ts';
import { type HeardCollector, heardCollector, OWN_BROKER, speakingDevice } from '../../support/mqtt-listener.ts';
import { mutate, seededRandom } from '../../support/random.ts';

const PASSWORD = 'a long password';
const BOX = speakingDevice('box', 'simpul', 'simpul/box', PASSWORD);
const ROUNDS = 2_000;

let before: ReturnType<typeof leftovers>;
let collector: HeardCollector;
let listener: Listener;
let port = 0;

beforeEach(async () => {
  before = leftovers();
  collector = heardCollector(OWN_BROKER, [BOX]);
  const opened = await listen(collector);
  if (opened === null) throw new Error('it does not listen');
  listener = opened;
  port = listener.stats()['port'] ?? 0;
});
afterEach(() => listener.close());

const text = (value: string): Buffer => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
const packet = (type: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([type, body.length]), body]);
};
const connectPacket = (version: 4 | 5): Buffer =>
  packet(
    0x10,
    text('MQTT'),
    Buffer.from([version, 0xc2, 0, 20]),
    ...(version === 5 ? [Buffer.from([0])] : []),
    text('name'),
    text('box'),
    text(PASSWORD),
  );
const publishPacket = packet(0x30, text('simpul/box/readings'), Buffer.from('{"charge":10}'));
const subscribePacket = packet(0x82, Buffer.from([0, 1]), text('simpul/box/#'), Buffer.from([1]));

/** Sends it all, and waits until the broker has answered or closed. */
async function throwAt(bytes: Buffer): Promise<void> {
  const socket: Socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await new Promise<void>((done) => {
    socket.once('close', () => done());
    socket.once('data', () => done());
    socket.end(bytes);
  });
  socket.destroy();
}

async function isStillThere(): Promise<void> {
  const box = await connectAsync(`mqtt://127.0.0.1:${port}`, { username: 'box', password: PASSWORD }, false);
  await box.publishAsync('simpul/box/readings', '{"charge":77}', { qos: 1 });
  await expect(collector.value('box', 'sensor.charge')).resolves.toBe(77);
  await box.endAsync();
}

test(`${ROUNDS} damaged beginnings of clients cost their own connection alone, and nothing is left of them`, async () => {
  const random = seededRandom(11);
  for (let round = 0; round < ROUNDS; round += 20) {
    const some = Array.from({ length: 20 }, () => {
      const whole = Buffer.concat([connectPacket(random() < 0.5 ? 4 : 5), subscribePacket, publishPacket]);
      return throwAt(mutate(whole, random));
    });
    await Promise.all(some);
  }

  await isStillThere();
  await listener.close();
  expect(await untilNothingIsLeft(before)).toEqual([]);
});

test('silence, half a packet, endless packets and other protocols', async () => {
  const silent = connect(port, '127.0.0.1');
  const half = connect(port, '127.0.0.1');
  await Promise.all([once(silent, 'connect'), once(half, 'connect')]);
  half.write(connectPacket(4).subarray(0, 9));
  for (const bytes of [
    Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
    Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]),
    Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f, 0]),
    Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0xff]),
    Buffer.concat([publishPacket, connectPacket(4)]),
    Buffer.concat([connectPacket(4), connectPacket(4)]),
  ])
    await throwAt(bytes);

  await isStillThere();
  const ended = Promise.all(
    [silent, half].map((socket) => new Promise<void>((done) => socket.once('close', () => done()))),
  );
  await listener.close();
  await ended;
  expect(await untilNothingIsLeft(before)).toEqual([]);
});

test('topics with more levels than a matcher bears, and names of every object, break nothing', async () => {
  const box = await connectAsync(
    `mqtt://127.0.0.1:${port}`,
    { username: 'box', password: PASSWORD, clientId: '__proto__' },
    false,
  );
  box.on('error', () => {});
  await box.publishAsync('simpul/box/__proto__/constructor', '1', { qos: 1, retain: true });
  const closed = new Promise<void>((done) => box.once('close', () => done()));

  box.publish(`simpul/box/${'x/'.repeat(150)}`, '1');
  await closed;
  await box.endAsync(true);

  await isStillThere();
});

test('a reader that never reads what it floods itself with delays nobody', async () => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(connectPacket(4));
  await once(socket, 'data');
  socket.write(subscribePacket);
  socket.pause();
  const body = Buffer.concat([text('simpul/box/x'), Buffer.alloc(60_000)]);
  const length = Buffer.from([(body.length & 0x7f) | 0x80, ((body.length >> 7) & 0x7f) | 0x80, body.length >> 14]);
  const flood = Buffer.concat([Buffer.from([0x30]), length, body]);

  for (let sent = 0; sent < 300; sent++) socket.write(flood);

  await isStillThere();
  socket.destroy();
});

test('TLS beside the plain port', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'simpul-mqtt-tls-'));
  const authority = await createAuthority();
  const { key, cert } = await authority.issue('IP:127.0.0.1');
  const [keyFile, certFile] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  await Promise.all([writeFile(keyFile, key), writeFile(certFile, cert)]);
  const heard = heardCollector({ ...OWN_BROKER, tls: { port: 0, keyFile, certFile } }, [BOX]);
  const secure = await listen(heard);
  const url = `mqtts://127.0.0.1:${secure?.stats()['tls_port']}`;

  const box = await connectAsync(url, { username: 'box', password: PASSWORD, ca: authority.cert }, false);
  await box.publishAsync('simpul/box/readings', '{"charge":64}', { qos: 1 });

  await expect(heard.value('box', 'sensor.charge')).resolves.toBe(64);
  await box.endAsync();
  await secure?.close();
  await Promise.all([authority.remove(), rm(dir, { recursive: true })]);
});

test('a certificate that is not there stops the start with its path', async () => {
  const wanted = { ...OWN_BROKER, tls: { port: 0, keyFile: '/nowhere/key.pem', certFile: '/nowhere/cert.pem' } };

  await expect(listen(heardCollector(wanted, []))).rejects.toMatchObject({ code: 'config', message: /nowhere/ });
});
