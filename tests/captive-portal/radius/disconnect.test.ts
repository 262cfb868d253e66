import { afterEach, describe, expect, test } from 'vitest';
import { isRequestAuthentic, requestSigned, signAnswer } from '../../../captive-portal/radius/authenticators.ts';
import { CODE } from '../../../captive-portal/radius/codes.ts';
import { encodeAttributes, readAttributes } from '../../../captive-portal/radius/dictionary.ts';
import { type DisconnectOptions, disconnectClient } from '../../../captive-portal/radius/disconnect.ts';
import { decodePacket, type Packet } from '../../../captive-portal/radius/packet.ts';
import { Secret } from '../../../core/config/secret.ts';
import { handClock } from '../../support/hand-clock.ts';
import { openPeer, SECRET } from './support/hotspot-peer.ts';

const KEY = Buffer.from(SECRET);
const SESSION = { userName: 'warga', acctSessionId: '80000001', framedIp: '10.5.50.7' };
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Take = (request: Packet, reply: (octets: Buffer) => void) => void;

/** A gateway that listens, and a client that asks it. */
async function start(take: Take, options: Partial<DisconnectOptions> = {}) {
  const heard: Packet[] = [];
  const gateway = await openPeer((octets, reply) => {
    const request = decodePacket(octets);
    if (typeof request === 'string') throw new Error(request);
    heard.push(request);
    take(request, reply);
  });
  const client = disconnectClient({ clock: () => 1_800_000_000_000, ...options });
  closing.push(gateway.close, client.close);
  return { client, heard, target: { address: '127.0.0.1', port: gateway.port, secret: new Secret(SECRET) } };
}

const answers =
  (code: number, cause?: number): Take =>
  (request, reply) =>
    reply(
      signAnswer(
        KEY,
        request,
        code,
        cause === undefined ? [] : encodeAttributes([{ name: 'Error-Cause', value: cause }]),
      ),
    );

describe('a Disconnect', () => {
  test('names the session and the moment, signed in both ways', async () => {
    const { client, heard, target } = await start(answers(CODE.disconnectAck));

    const result = await client.end(target, SESSION);

    expect(result).toEqual({ kind: 'ended' });
    const [request] = heard;
    if (request === undefined) throw new Error('nothing came');
    expect(request.code).toBe(CODE.disconnectRequest);
    expect(isRequestAuthentic(KEY, request)).toBe(true);
    expect(requestSigned(KEY, request)).toBe('right');
    expect(request.attributes[0]?.type).toBe(80);
    expect(readAttributes(request.attributes.slice(1))).toEqual([
      { name: 'User-Name', value: 'warga' },
      { name: 'Acct-Session-Id', value: '80000001' },
      { name: 'Framed-IP-Address', value: '10.5.50.7' },
      { name: 'Event-Timestamp', value: 1_800_000_000 },
    ]);
  });

  test.each([
    [503, { kind: 'gone' }],
    [501, { kind: 'refused', cause: 'Administratively-Prohibited' }],
    [403, { kind: 'refused', cause: 'NAS-Identification-Mismatch' }],
    [777, { kind: 'refused', cause: '777' }],
    [undefined, { kind: 'refused', cause: null }],
  ])('that is refused with Error-Cause %s is %o', async (cause, result) => {
    const { client, target } = await start(answers(CODE.disconnectNak, cause));

    expect(await client.end(target, SESSION)).toEqual(result);
  });

  test('without an answer is sent again as it was, and then given up', async () => {
    const time = handClock(undefined, () => new Promise((resolve) => setTimeout(resolve, 20)));
    const { client, heard, target } = await start(() => {}, { timers: time, waitsMs: [2_000, 4_000] });

    const result = client.end(target, SESSION);
    await expect.poll(() => heard.length).toBe(1);
    await time.advance(2_000);
    await expect.poll(() => heard.length).toBe(2);
    await time.advance(4_000);

    expect(await result).toEqual({ kind: 'no-answer' });
    expect(heard[1]?.octets).toEqual(heard[0]?.octets);
  });

  test('to a closed port, and to an address that is none, has no answer', async () => {
    const time = handClock(undefined, () => new Promise((resolve) => setTimeout(resolve, 20)));
    const { client, target } = await start(() => {}, { timers: time, waitsMs: [1_000] });
    const gone = await openPeer();
    await gone.close();

    const closed = client.end({ ...target, port: gone.port }, SESSION);
    const nowhere = await client.end({ ...target, address: '999.1.1.1' }, SESSION);
    await time.advance(1_000);

    expect(nowhere).toEqual({ kind: 'no-answer' });
    expect(await closed).toEqual({ kind: 'no-answer' });
  });

  test('believes no answer that another secret, another request or another code made', async () => {
    const time = handClock(undefined, () => new Promise((resolve) => setTimeout(resolve, 20)));
    const { client, heard, target } = await start(
      (request, reply) => {
        reply(signAnswer(Buffer.from('lain'), request, CODE.disconnectAck, []));
        reply(signAnswer(KEY, { ...request, id: (request.id + 1) % 256 }, CODE.disconnectAck, []));
        reply(signAnswer(KEY, { ...request, authenticator: Buffer.alloc(16) }, CODE.disconnectAck, []));
        reply(signAnswer(KEY, request, CODE.coaAck, []));
        reply(Buffer.from('nonsense'));
      },
      { timers: time, waitsMs: [1_000] },
    );

    const result = client.end(target, SESSION);
    await expect.poll(() => heard.length).toBe(1);
    await time.advance(1_000);

    expect(await result).toEqual({ kind: 'no-answer' });
  });
});

describe('a CoA', () => {
  test('carries the change', async () => {
    const { client, heard, target } = await start(answers(CODE.coaAck));

    const result = await client.change(target, SESSION, [{ name: 'Mikrotik-Rate-Limit', value: '256k/512k' }]);

    expect(result).toEqual({ kind: 'ended' });
    expect(heard[0]?.code).toBe(CODE.coaRequest);
    expect(readAttributes(heard[0]?.attributes ?? [])).toContainEqual({
      name: 'Mikrotik-Rate-Limit',
      value: '256k/512k',
    });
  });

  test('with an attribute that nobody knows is refused before it is sent, and holds no place', async () => {
    const { client, heard, target } = await start(answers(CODE.coaAck), { atOnce: 1 });

    for (let time = 0; time < 3; time++)
      await expect(client.change(target, SESSION, [{ name: 'No-Such', value: 1 }])).rejects.toThrow(TypeError);

    expect(await client.change(target, SESSION, [])).toEqual({ kind: 'ended' });
    expect(heard).toHaveLength(1);
  });
});

test('200 sessions are ended, 16 at a time', async () => {
  let most = 0;
  const held: (() => void)[] = [];
  const { client, heard, target } = await start(
    (request, reply) => {
      held.push(() => answers(CODE.disconnectAck)(request, reply));
      most = Math.max(most, held.length);
    },
    { atOnce: 16 },
  );

  const results = Array.from({ length: 200 }, (_, each) =>
    client.end(target, { ...SESSION, acctSessionId: `${each}` }),
  );
  const all = Promise.all(results);
  while (heard.length < 200 || held.length > 0) {
    for (const release of held.splice(0)) release();
    await new Promise((resolve) => setImmediate(resolve));
  }

  expect((await all).every(({ kind }) => kind === 'ended')).toBe(true);
  expect(most).toBeLessThanOrEqual(17);
});

test('closing ends what waits', async () => {
  const { client, heard, target } = await start(() => {}, { atOnce: 1 });
  const waiting = [client.end(target, SESSION), client.end(target, SESSION)];
  await expect.poll(() => heard.length).toBe(1);

  await client.close();

  expect(await Promise.all(waiting)).toEqual([{ kind: 'no-answer' }, { kind: 'no-answer' }]);
  expect(await client.end(target, SESSION)).toEqual({ kind: 'no-answer' });
});
