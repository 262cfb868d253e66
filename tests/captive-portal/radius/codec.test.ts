import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  answerSigned,
  isAnswerAuthentic,
  isRequestAuthentic,
  requestSigned,
  signAnswer,
  signRequest,
} from '../../../captive-portal/radius/authenticators.ts';
import { CODE } from '../../../captive-portal/radius/codes.ts';
import { encodeAttributes, readAttributes } from '../../../captive-portal/radius/dictionary.ts';
import { decodePacket, encodePacket, type Packet } from '../../../captive-portal/radius/packet.ts';
import { hidePassword, isChapRight, isSamePassword, revealPassword } from '../../../captive-portal/radius/passwords.ts';
import { readRequest } from '../../../captive-portal/radius/request.ts';
import { accessRequest, accountingRequest } from './support/hotspot-peer.ts';
import { GRANT } from './support/server.ts';

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');
const text = (value: string): Buffer => Buffer.from(value, 'utf8');

function packetOf(octets: Buffer): Packet {
  const packet = decodePacket(octets);
  if (typeof packet === 'string') throw new Error(packet);
  return packet;
}

describe('the examples of RFC 2865 section 7', () => {
  const key = text('xyzzy5461');

  test('7.1: nemo logs in with a hidden password, and the answer’s authenticator is the one printed there', () => {
    const request = packetOf(
      hex(`01 00 00 38 0f 40 3f 94 73 97 80 57 bd 83 d5 cb 98 f4 22 7a 01 06 6e 65 6d 6f 02 12 0d be 70 8d 93 d4 13 ce
           31 96 e4 3f 78 2a 0a ee 04 06 c0 a8 01 10 05 06 00 00 00 03`),
    );
    const accept = packetOf(
      hex(`02 00 00 26 86 fe 22 0e 76 24 ba 2a 10 05 f6 bf 9b 55 e0 b2 06 06 00 00 00 01 0f 06 00 00 00 00 0e 06 c0 a8
           01 03`),
    );

    expect(readRequest(request, key, '').check('arctangent')).toBe(true);
    expect(readRequest(request, key, '').check('arctangen')).toBe(false);
    expect(hidePassword(text('arctangent'), key, request.authenticator)).toEqual(request.attributes[1]?.value);
    expect(isAnswerAuthentic(key, accept, request.authenticator)).toBe(true);
    expect(readAttributes(request.attributes)).toEqual([
      { name: 'User-Name', value: 'nemo' },
      { name: 'User-Password', value: '[secret]' },
      { name: 'NAS-IP-Address', value: '192.168.1.16' },
      { name: 'NAS-Port', value: 3 },
    ]);
    expect(readAttributes(accept.attributes)).toEqual([
      { name: 'Service-Type', value: 'Login-User' },
      { name: 'Login-Service', value: 0 },
      { name: 'Login-IP-Host', value: '192.168.1.3' },
    ]);
  });

  test('7.2: flopsy logs in by CHAP, the challenge being the authenticator', () => {
    const request = packetOf(
      hex(`01 01 00 47 2a ee 86 f0 8d 0d 55 96 9c a5 97 8e 0d 33 67 a2 01 08 66 6c 6f 70 73 79 03 13 16 e9 75 57 c3 16
           18 58 95 f2 93 ff 63 44 07 72 75 04 06 c0 a8 01 10 05 06 00 00 00 14 06 06 00 00 00 02 07 06 00 00 00 01`),
    );
    const accept = packetOf(
      hex(`02 01 00 38 15 ef bc 7d ab 26 cf a3 dc 34 d9 c0 3c 86 01 a4 06 06 00 00 00 02 07 06 00 00 00 01 08 06 ff ff
           ff fe 0a 06 00 00 00 02 0d 06 00 00 00 01 0c 06 00 00 05 dc`),
    );

    expect(readRequest(request, key, '').check('arctangent')).toBe(true);
    expect(readRequest(request, key, '').check('arctangentx')).toBe(false);
    expect(readRequest(request, key, '')).toMatchObject({ userName: 'flopsy', credential: 'chap' });
    expect(isAnswerAuthentic(key, accept, request.authenticator)).toBe(true);
  });
});

test('a signed Accept is the one that radclient took, octet by octet', () => {
  const request = packetOf(encodePacket(CODE.accessRequest, 7, hex('00112233445566778899aabbccddeeff'), []));

  const answer = signAnswer(text('testing123'), request, CODE.accessAccept, encodeAttributes(GRANT));

  expect(answer.toString('hex')).toBe(
    '0207004b674bb4ba349ad7ff640bb0457601c0c15012a36bbff85cdf4ef4f3a023e6990c3d1d1b0600000e101c06000002581a0d00003a8c0807314d2f324d1a0c00003a8c110606400000',
  );
});

test('CHAP of a MikroTik hotspot, with its challenge, is checked', () => {
  const challenge = hex('ef0dd80b119c65a5c3ab62a65b7dfdce');
  const value = Buffer.concat([hex('f9'), hex('55b0fc4a943a5807200b8273b0886c6a')]);

  expect(isChapRight(value, challenge, text('rahasia'))).toBe(true);
  expect(isChapRight(value, challenge, text('Rahasia'))).toBe(false);
  expect(isChapRight(value.subarray(0, 16), challenge, text('rahasia'))).toBe(false);
  expect(isChapRight(Buffer.concat([value, hex('00')]), challenge, text('rahasia'))).toBe(false);
});

describe('User-Password', () => {
  const key = text('rahasia bersama');
  const authenticator = hex('000102030405060708090a0b0c0d0e0f');

  test.each([0, 1, 15, 16, 17, 32, 100, 127, 128])('of %i octets is hidden and shown again', (length) => {
    const password = Buffer.alloc(length, 'kata');

    const hidden = hidePassword(password, key, authenticator);

    expect(hidden.length % 16).toBe(0);
    expect(hidden.length).toBeGreaterThanOrEqual(16);
    expect(revealPassword(hidden, key, authenticator)).toEqual(password);
  });

  test('of more than 128 octets, or of a length that is no number of blocks, is none', () => {
    expect(() => hidePassword(Buffer.alloc(129), key, authenticator)).toThrow(RangeError);
    for (const length of [0, 1, 15, 17, 129, 144])
      expect(revealPassword(Buffer.alloc(length), key, authenticator)).toBeNull();
  });

  test('is the same only where all of it is', () => {
    expect(isSamePassword(text('rahasia'), text('rahasia'))).toBe(true);
    for (const other of ['', 'rahasi', 'rahasia ', 'rahasiA', 'rahasia\0', 'x'.repeat(200)])
      expect(isSamePassword(text('rahasia'), text(other))).toBe(false);
    expect(isSamePassword(Buffer.alloc(200), Buffer.alloc(200))).toBe(false);
  });
});

describe('authenticators', () => {
  const key = text('testing123');

  test('an accounting request proves itself, and a changed octet anywhere undoes that', () => {
    const octets = accountingRequest();
    expect(isRequestAuthentic(key, packetOf(octets))).toBe(true);
    expect(requestSigned(key, packetOf(octets))).toBe('right');

    for (const at of [0, 1, 4, 19, 30, octets.length - 1]) {
      const changed = Buffer.from(octets);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const packet = decodePacket(changed);
      expect(typeof packet === 'string' || !isRequestAuthentic(key, packet)).toBe(true);
    }
  });

  test('a Message-Authenticator is right wherever it stands, and wrong when there are two or it is short', () => {
    const authenticator = Buffer.alloc(16, 5);
    const name = { type: 1, value: text('warga') };
    const empty = { type: 80, value: Buffer.alloc(16) };
    const last = encodePacket(CODE.accessRequest, 1, authenticator, [name, empty]);
    createHmac('md5', key)
      .update(last)
      .digest()
      .copy(last, last.length - 16);
    const twice = encodePacket(CODE.accessRequest, 1, authenticator, [empty, name, empty]);
    createHmac('md5', key).update(twice).digest().copy(twice, 22);
    const short = encodePacket(CODE.accessRequest, 1, authenticator, [{ type: 80, value: Buffer.alloc(15) }]);
    const none = encodePacket(CODE.accessRequest, 1, authenticator, [name]);

    expect(requestSigned(key, packetOf(last))).toBe('right');
    expect(requestSigned(text('lain'), packetOf(last))).toBe('wrong');
    expect(requestSigned(key, packetOf(twice))).toBe('wrong');
    expect(requestSigned(key, packetOf(short))).toBe('wrong');
    expect(requestSigned(key, packetOf(none))).toBe('absent');
  });

  test('an answer is signed over the authenticator of its request, with the signature as its first attribute', () => {
    const request = packetOf(accessRequest({ id: 200 }));

    const octets = signAnswer(key, request, CODE.accessReject, [{ type: 18, value: text('Tidak') }]);

    expect(octets.subarray(20, 22)).toEqual(hex('50 12'));
    const answer = packetOf(octets);
    expect(answer).toMatchObject({ code: CODE.accessReject, id: 200 });
    expect(isAnswerAuthentic(key, answer, request.authenticator)).toBe(true);
    expect(answerSigned(key, answer, request.authenticator)).toBe('right');
    expect(isAnswerAuthentic(key, answer, Buffer.alloc(16))).toBe(false);
    expect(answerSigned(key, answer, Buffer.alloc(16))).toBe('wrong');
  });

  test('an answer to an accounting request has no attribute of its own', () => {
    const request = packetOf(accountingRequest());

    const answer = packetOf(signAnswer(key, request, CODE.accountingResponse, []));

    expect(answer.attributes).toEqual([]);
    expect(isAnswerAuthentic(key, answer, request.authenticator)).toBe(true);
  });

  test('a Disconnect-Request proves itself in both ways', () => {
    const packet = packetOf(
      signRequest(key, CODE.disconnectRequest, 3, encodeAttributes([{ name: 'User-Name', value: 'x' }])),
    );

    expect(packet.octets.subarray(20, 22)).toEqual(hex('50 12'));
    expect(isRequestAuthentic(key, packet)).toBe(true);
    expect(requestSigned(key, packet)).toBe('right');
  });
});

describe('octets that are no packet', () => {
  const good = accessRequest();
  const withLength = (length: number): Buffer => {
    const octets = Buffer.from(good);
    octets.writeUInt16BE(length, 2);
    return octets;
  };

  test.each([
    ['nothing', Buffer.alloc(0), 'tooShort'],
    ['19 octets', good.subarray(0, 19), 'tooShort'],
    ['a length below the header', withLength(19), 'badLength'],
    ['a length beyond the datagram', withLength(good.length + 1), 'badLength'],
    ['a length beyond the limit', Buffer.concat([withLength(4097), Buffer.alloc(8_000)]), 'badLength'],
    ['half an attribute at the end', withLength(good.length - 1), 'badAttributes'],
    ['an attribute without length', encodePacketWith(hex('01')), 'badAttributes'],
    ['an attribute of length 0', encodePacketWith(hex('01 00')), 'badAttributes'],
    ['an attribute of length 1', encodePacketWith(hex('01 01')), 'badAttributes'],
    ['an attribute longer than the rest', encodePacketWith(hex('01 05 61 62')), 'badAttributes'],
  ])('%s', (_name, octets, reason) => {
    expect(decodePacket(octets)).toBe(reason);
  });

  test('what stands behind the length is not looked at', () => {
    const packet = packetOf(Buffer.concat([good, Buffer.alloc(30, 0xff)]));

    expect(packet.octets).toEqual(good);
    expect(requestSigned(text('testing123'), packet)).toBe('right');
  });

  test('a packet of 20 octets, and one of 4,096, are read', () => {
    const many = Array.from({ length: 15 }, () => ({ type: 26, value: Buffer.alloc(253) }));
    const last = (length: number) => ({ type: 26, value: Buffer.alloc(length) });

    expect(packetOf(encodePacket(12, 0, Buffer.alloc(16), [])).attributes).toEqual([]);
    expect(packetOf(encodePacket(1, 0, Buffer.alloc(16), [...many, last(249)])).octets.length).toBe(4_096);
    expect(() => encodePacket(1, 0, Buffer.alloc(16), [...many, last(250)])).toThrow(RangeError);
    expect(() => encodePacket(1, 0, Buffer.alloc(16), [{ type: 1, value: Buffer.alloc(254) }])).toThrow(RangeError);
  });
});

function encodePacketWith(attributes: Buffer): Buffer {
  const octets = Buffer.concat([Buffer.alloc(20), attributes]);
  octets[0] = 1;
  octets.writeUInt16BE(octets.length, 2);
  return octets;
}
