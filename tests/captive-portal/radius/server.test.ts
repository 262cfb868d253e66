import { describe, expect, test } from 'vitest';
import { vendorAttribute } from '../../../captive-portal/radius/attributes.ts';
import { isAnswerAuthentic } from '../../../captive-portal/radius/authenticators.ts';
import { CODE } from '../../../captive-portal/radius/codes.ts';
import { encodeAttributes, readAttributes } from '../../../captive-portal/radius/dictionary.ts';
import { encodePacket } from '../../../captive-portal/radius/packet.ts';
import type { RadiusNas } from '../../../captive-portal/radius/policy.ts';
import { Secret } from '../../../core/config/secret.ts';
import type { Log } from '../../../core/log/log.ts';
import { heard } from './support/hearing.ts';
import { accessRequest, accountingRequest, SECRET, statusRequest } from './support/hotspot-peer.ts';
import { NAS } from './support/server.ts';
import { peerWithinTest, serverWithinTest } from './support/within-test.ts';

describe('answers', () => {
  test('begin with a Message-Authenticator on the wire, whatever they say, and are authentic', async () => {
    const server = await serverWithinTest();
    const from = await peerWithinTest();
    const accept = accessRequest({ id: 1 });
    const reject = accessRequest({ id: 2, password: 'salah' });
    const unsigned = accessRequest({ id: 3, signed: false });
    const other = await serverWithinTest();

    from.send(accept, server.authPort);
    const accepted = await from.next();
    from.send(reject, server.authPort);
    const rejected = await from.next();
    from.send(statusRequest(4), server.acctPort);
    const status = await from.next();
    from.send(unsigned, other.authPort);
    const toUnsigned = await from.next();

    for (const answer of [accepted, rejected, status, toUnsigned])
      expect(answer.octets.subarray(20, 22).toString('hex')).toBe('5012');
    expect([accepted, rejected, status, toUnsigned].map(({ code, id }) => [code, id])).toEqual([
      [CODE.accessAccept, 1],
      [CODE.accessReject, 2],
      [CODE.accountingResponse, 4],
      [CODE.accessAccept, 3],
    ]);
    expect(isAnswerAuthentic(Buffer.from(SECRET), accepted, accept.subarray(4, 20))).toBe(true);
    expect(isAnswerAuthentic(Buffer.from(SECRET), rejected, reject.subarray(4, 20))).toBe(true);
    expect(isAnswerAuthentic(Buffer.from(SECRET), toUnsigned, unsigned.subarray(4, 20))).toBe(true);
  });

  test('give every Proxy-State back, in order, behind their own attributes', async () => {
    const server = await serverWithinTest();
    const from = await peerWithinTest();
    const more = [1, 2, 3].map((each) => ({ type: 33, value: Buffer.alloc(each, each) }));

    from.send(accessRequest({ more }), server.authPort);
    const { attributes } = await from.next();

    expect(attributes.slice(-3)).toEqual(more);
    expect(attributes[0]?.type).toBe(80);
  });

  test('that cannot be written, and a policy that fails, are silence, and the next try is worked on anew', async () => {
    let asked = 0;
    const server = await serverWithinTest({
      policy: {
        authenticate() {
          asked += 1;
          if (asked === 1) throw new Error('at once');
          if (asked === 2) return Promise.reject(new Error('later'));
          const name = asked === 3 ? 'No-Such-Attribute' : 'Class';
          return Promise.resolve({ kind: 'accept', attributes: [{ name, value: 'a' }] });
        },
      },
    });
    const from = await peerWithinTest();
    const request = accessRequest();

    for (let round = 0; round < 3; round++) expect(await heard(from, server.authPort, request)).toEqual([]);
    from.send(request, server.authPort);

    expect(readAttributes((await from.next()).attributes.slice(1))).toEqual([{ name: 'Class', value: '0x61' }]);
    expect(server.stats()).toMatchObject({ policyFailed: 2, unsendable: 1, accepted: 1, inWork: 0 });
  });
});

describe('the Message-Authenticator of requests', () => {
  const nas = (change: Partial<RadiusNas>): RadiusNas => ({ ...NAS, ...change });

  test.each([
    ['required', nas({ messageAuthenticator: 'required' }), 0],
    ['auto, and seen before', nas({ authenticatorSeen: true }), 0],
    ['auto, and not seen', nas({}), 1],
    ['no', nas({ messageAuthenticator: 'no', authenticatorSeen: true }), 1],
  ])('may be missing or not: %s', async (_name, known, answers) => {
    const server = await serverWithinTest({ nasOf: () => known });
    const from = await peerWithinTest();

    expect(await heard(from, server.authPort, accessRequest({ signed: false }))).toHaveLength(answers);
    expect(server.stats()).toMatchObject({ unsigned: 1 - answers });
    expect(server.signers).toEqual([]);
  });

  test('is told once when it is first seen with auto; `no` forgets it, and so begins anew', async () => {
    let known = nas({});
    const server = await serverWithinTest({ nasOf: () => known });
    const from = await peerWithinTest();
    const ask = async (id: number, signed: boolean) =>
      (await heard(from, server.authPort, accessRequest({ id, signed }))).length;

    expect([await ask(1, true), await ask(2, true), await ask(3, false)]).toEqual([1, 1, 0]);
    known = nas({ messageAuthenticator: 'no' });
    expect(await ask(4, false)).toBe(1);
    known = nas({});
    expect([await ask(5, false), await ask(6, true), await ask(7, false)]).toEqual([1, 1, 0]);
    expect(server.signers).toEqual(['hotspot', 'hotspot']);
  });

  test('is demanded of Status-Server and EAP at all times, and with Proxy-State even of `no`', async () => {
    const server = await serverWithinTest({ nasOf: () => nas({ messageAuthenticator: 'no' }) });
    const from = await peerWithinTest();
    const eap = { type: 79, value: Buffer.from('0200000a01776172676131', 'hex') };
    const proxy = { type: 33, value: Buffer.from('x') };
    const plainStatus = encodePacket(CODE.statusServer, 1, Buffer.alloc(16, 3), []);

    const came = await heard(
      from,
      server.authPort,
      plainStatus,
      accessRequest({ id: 2, signed: false, more: [eap] }),
      accessRequest({ id: 3, signed: false, more: [proxy] }),
    );

    expect(came).toEqual([]);
    expect(server.stats()).toMatchObject({ unsigned: 2, unsignedProxy: 1, accepted: 0 });
  });
});

describe('credentials', () => {
  test.each([
    ['PAP and CHAP together', [{ type: 3, value: Buffer.alloc(17) }], 'other'],
    ['MS-CHAP beside nothing', [vendorAttribute(311, 1, Buffer.alloc(50))], 'other'],
    ['nothing', [], 'none'],
  ])('%s let nobody in', async (name, more, credential) => {
    const server = await serverWithinTest();
    const from = await peerWithinTest();
    const request = accessRequest({ more });
    const stripped = name.startsWith('PAP') ? request : withoutPassword(more);

    from.send(stripped, server.authPort);

    expect((await from.next()).code).toBe(CODE.accessReject);
    expect(server.requests[0]).toMatchObject({ credential });
  });

  test('names hold no control characters, and octets that are no UTF-8 do no harm', async () => {
    const server = await serverWithinTest();
    const from = await peerWithinTest();
    const name = { type: 1, value: Buffer.from('77610a726700ff6100', 'hex') };

    from.send(encodePacket(CODE.accessRequest, 1, Buffer.alloc(16, 1), [name]), server.authPort);
    await from.next();

    expect(server.requests[0]?.userName).toBe('wa\ufffdrg\ufffd\ufffda');
  });
});

function withoutPassword(more: readonly { readonly type: number; readonly value: Buffer }[]): Buffer {
  return encodePacket(CODE.accessRequest, 1, Buffer.alloc(16, 1), [
    ...encodeAttributes([{ name: 'User-Name', value: 'warga' }]),
    ...more,
  ]);
}

describe('who is heard', () => {
  test('packets of an unknown address, or of a gateway without a secret, are dropped unread', async () => {
    const secrets: (Secret | null)[] = [new Secret(''), null];
    const known = await serverWithinTest({ nasOf: () => ({ ...NAS, secret: secrets.pop() ?? null }) });
    const unknown = await serverWithinTest({ nasOf: () => null });
    const broken = await serverWithinTest({
      nasOf: () => {
        throw new Error('no list');
      },
    });
    const from = await peerWithinTest();

    from.send(accessRequest(), known.authPort);
    from.send(accessRequest({ key: Buffer.alloc(0) }), known.authPort);
    from.send(accessRequest(), unknown.authPort);
    from.send(accessRequest(), broken.authPort);
    await expect.poll(() => [known, unknown, broken].map((server) => server.stats().received)).toEqual([2, 1, 1]);

    expect(from.waiting()).toEqual([]);
    expect(known.stats()).toMatchObject({ noSecret: 2 });
    expect(unknown.stats()).toMatchObject({ unknownSource: 1 });
    expect(broken.stats()).toMatchObject({ unknownSource: 1 });
  });

  test('a socket of IPv6 hears IPv4 under its plain address', async () => {
    const asked: string[] = [];
    const server = await serverWithinTest({
      bind: '::',
      nasOf(source) {
        asked.push(source.kind === 'udp' ? source.address : source.name);
        return NAS;
      },
    });
    const from = await peerWithinTest();

    expect(await heard(from, server.authPort, accessRequest())).toHaveLength(1);
    expect(asked).toEqual(['127.0.0.1', '127.0.0.1']);
    expect(server.requests[0]?.from).toBe('127.0.0.1');
  });

  test('each port takes its own kind only', async () => {
    const server = await serverWithinTest();
    const from = await peerWithinTest();

    expect(await heard(from, server.authPort, accountingRequest())).toEqual([]);
    expect(await heard(from, server.acctPort, accessRequest())).toEqual([]);
    expect(server.stats()).toMatchObject({ unexpectedCode: 2, accepted: 0, accounted: 0 });
  });

  test('a server that is not ready lets Status-Server wait', async () => {
    let isReady = false;
    const server = await serverWithinTest({ policy: { isReady: () => isReady } });
    const from = await peerWithinTest();

    from.send(statusRequest(1), server.authPort);
    await expect.poll(() => server.stats().notReady).toBe(1);
    isReady = true;
    from.send(statusRequest(2), server.authPort);

    expect((await from.next()).id).toBe(2);
  });
});

test('neither the log nor the counts hold a secret, a password or an address of a device', async () => {
  const lines: string[] = [];
  const write = (fields: object, sentence: string) => lines.push(JSON.stringify({ ...fields, sentence }));
  const log: Log = { debug: write, info: write, warn: write, error: write, child: () => log };
  const server = await serverWithinTest({
    log,
    policy: { authenticate: () => Promise.reject(new Error('02:00:00:00:00:64 rahasia')) },
  });
  const from = await peerWithinTest();

  for (let id = 0; id < 20; id++) {
    const forged = accessRequest({ id, key: Buffer.from('lain') });
    await heard(from, server.authPort, forged, accessRequest({ id: 100 + id }), Buffer.from('nonsense'));
  }

  const all = lines.join('\n') + JSON.stringify(server.stats());
  expect(all).not.toMatch(/rahasia|testing123|02:00:00|warga/);
  // The same thing is said once a minute.
  expect(lines).toHaveLength(2);
});
