import { randomBytes } from 'node:crypto';
import { requestSigned, signAnswer, signQuestion } from '../../../../captive-portal/radius/authenticators.ts';
import { CODE } from '../../../../captive-portal/radius/codes.ts';
import { encodeAttributes } from '../../../../captive-portal/radius/dictionary.ts';
import { decodePacket } from '../../../../captive-portal/radius/packet.ts';
import { hidePassword } from '../../../../captive-portal/radius/passwords.ts';
import { readRequest } from '../../../../captive-portal/radius/request.ts';

const KEY = Buffer.from('testing123');
const PASSWORD = 'rahasia';
const GRANT = [
  { name: 'Session-Timeout', value: 3_600 },
  { name: 'Idle-Timeout', value: 600 },
  { name: 'Acct-Interim-Interval', value: 300 },
  { name: 'Mikrotik-Rate-Limit', value: '1M/2M' },
  { name: 'Mikrotik-Total-Limit', value: 104_857_600 },
];

/**
 * How fast one core reads a signed PAP request, checks it and its password, and writes the signed answer.
 * @returns packets per second, without sockets and stores
 */
export function codecThroughput(ms: number): number {
  const requests = Array.from({ length: 64 }, (_, id) => question(id));
  const startedAt = performance.now();
  let done = 0;
  for (;;) {
    for (const request of requests) {
      const packet = decodePacket(request);
      if (typeof packet === 'string' || requestSigned(KEY, packet) !== 'right') throw new Error('the codec is wrong');
      if (!readRequest(packet, KEY, '127.0.0.1').check(PASSWORD)) throw new Error('the password is wrong');
      signAnswer(KEY, packet, CODE.accessAccept, encodeAttributes(GRANT));
    }
    done += requests.length;
    const took = performance.now() - startedAt;
    if (took >= ms) return Math.round((done * 1_000) / took);
  }
}

function question(id: number): Buffer {
  const authenticator = randomBytes(16);
  const attributes = encodeAttributes([
    { name: 'User-Name', value: 'warga' },
    { name: 'NAS-IP-Address', value: '10.5.50.1' },
    { name: 'NAS-Identifier', value: 'desa-sukamaju-01' },
    { name: 'NAS-Port-Type', value: 'Wireless-802.11' },
    { name: 'Called-Station-Id', value: 'hotspot1' },
    { name: 'Calling-Station-Id', value: '02:00:00:00:00:64' },
    { name: 'Framed-IP-Address', value: '10.5.50.7' },
  ]);
  const password = { type: 2, value: hidePassword(Buffer.from(PASSWORD), KEY, authenticator) };
  return signQuestion(KEY, CODE.accessRequest, id, authenticator, [...attributes, password]);
}
