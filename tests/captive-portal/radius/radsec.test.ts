import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isAnswerAuthentic } from '../../../captive-portal/radius/authenticators.ts';
import { namesIn } from '../../../captive-portal/radius/certificate-names.ts';
import { CODE } from '../../../captive-portal/radius/codes.ts';
import type { Packet } from '../../../captive-portal/radius/packet.ts';
import type { KeyPair } from '../../support/certificates.ts';
import { accessRequest, statusRequest } from './support/hotspot-peer.ts';
import { access, accounting, type Bench, RADSEC_KEY, radsecBench } from './support/radsec-peer.ts';
import { NAS } from './support/server.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await radsecBench();
});
afterAll(() => bench.remove());
afterEach(() => bench.clear());

describe('over RadSec', () => {
  test('a gateway is known by its certificate, and authentication, accounting and status share a connection', async () => {
    const server = await bench.start();
    const line = await bench.open(server.port);
    const request = access(1);

    line.socket.write(Buffer.concat([request, access(2, 'salah'), accounting(3), statusRequest(4, RADSEC_KEY)]));
    const came = new Map<number, Packet>();
    for (let each = 0; each < 4; each++) {
      const packet = await line.next();
      came.set(packet.id, packet);
    }

    expect([1, 2, 3, 4].map((id) => came.get(id)?.code)).toEqual([
      CODE.accessAccept,
      CODE.accessReject,
      CODE.accountingResponse,
      CODE.accessAccept,
    ]);
    const accept = came.get(1);
    expect(accept && isAnswerAuthentic(RADSEC_KEY, accept, request.subarray(4, 20))).toBe(true);
    expect(accept?.attributes[0]?.type).toBe(80);
    expect(server.records).toHaveLength(1);
    // TLS does what the signature is for.
    expect(server.signers).toEqual([]);
    expect(server.stats()).toMatchObject({ radsecOpen: 1, radsecStrangers: 0, accepted: 1, accounted: 1 });
  });

  test('packets are found wherever the stream is cut', async () => {
    const server = await bench.start();
    const line = await bench.open(server.port);
    line.socket.setNoDelay(true);
    const stream = Buffer.concat([accounting(1), access(2), accounting(3)]);

    for (const octet of stream) {
      line.socket.write(Buffer.from([octet]));
      await new Promise((resolve) => setImmediate(resolve));
    }

    const ids = [(await line.next()).id, (await line.next()).id, (await line.next()).id];
    expect(ids.sort()).toEqual([1, 2, 3]);
  });

  test('a request without Message-Authenticator is served, with Proxy-State too', async () => {
    const server = await bench.start();
    const line = await bench.open(server.port);

    line.socket.write(accessRequest({ key: RADSEC_KEY, signed: false, more: [{ type: 33, value: Buffer.from('x') }] }));

    expect((await line.next()).attributes.at(-1)?.value.toString()).toBe('x');
  });

  test.each([
    ['no certificate', 'handshakeFailed', (): KeyPair | null => null],
    ['one of another authority', 'handshakeFailed', (): KeyPair | null => bench.forged],
    ['one that no gateway is known by', 'unknownCertificate', (): KeyPair | null => bench.nobody],
  ] as const)('%s opens nothing: %s', async (_name, counted, pair) => {
    const server = await bench.start();
    const line = await bench.open(server.port, pair());

    await line.ended;

    await expect.poll(() => server.stats()[counted]).toBe(1);
    expect(server.stats()).toMatchObject({ radsecOpen: 0, radsecStrangers: 0, received: 0 });
  });

  test('renewed certificates hold for new connections, those that stand go on, and broken ones change nothing', async () => {
    const server = await bench.start();
    const before = await bench.open(server.port);
    const shown = (line: typeof before): string => line.socket.getPeerCertificate().serialNumber;

    server.renewCertificates(bench.renewed);
    expect(() => server.renewCertificates({ ...bench.renewed, key: 'rusak' })).toThrow();
    const after = await bench.open(server.port);
    for (const line of [before, after]) line.socket.write(statusRequest(1, RADSEC_KEY));
    const answers = [await before.next(), await after.next()];

    expect(answers.map(({ code }) => code)).toEqual([CODE.accessAccept, CODE.accessAccept]);
    expect(shown(after)).not.toBe(shown(before));
  });

  test('a gateway that is removed loses its connection with its next packet', async () => {
    let isKnown = true;
    const server = await bench.start({ nasOf: () => (isKnown ? NAS : null) });
    const line = await bench.open(server.port);
    line.socket.write(statusRequest(1, RADSEC_KEY));
    await line.next();

    isKnown = false;
    line.socket.write(access(2));
    await line.ended;

    expect(server.stats()).toMatchObject({ unknownCertificate: 1, accepted: 0 });
  });

  test.each([
    ['a length below the header', Buffer.from('01010003', 'hex')],
    ['a length beyond the limit', Buffer.from('0101ffff', 'hex')],
    ['text', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a wrong signature', accessRequest({ key: Buffer.from('lain') })],
    ['attributes that are none', Buffer.concat([Buffer.from('01010018', 'hex'), Buffer.alloc(20)])],
  ])('%s ends the connection', async (_name, octets) => {
    const server = await bench.start();
    const line = await bench.open(server.port);

    line.socket.write(octets);
    await line.ended;

    expect(server.stats()).toMatchObject({ brokenStream: 1, radsecOpen: 0 });
  });
});

test.each([
  ['DNS:Desa-01.test, IP Address:10.0.0.1, DNS:b.test', 'leaf', ['desa-01.test', 'b.test', 'leaf']],
  [undefined, 'Desa-02', ['desa-02']],
  ['DNS:"a, DNS:evil.test, b"', 'leaf', ['leaf']],
  ['DNS:*.test, URI:http://x', 'leaf', ['leaf']],
])('names of a certificate: %s and %s', (subjectaltname, name, names) => {
  const subject = { CN: name, C: '', ST: '', L: '', O: '', OU: '' };

  expect(namesIn({ subject, ...(subjectaltname !== undefined && { subjectaltname }) })).toEqual(names);
});
