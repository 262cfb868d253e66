import { afterEach, describe, expect, test } from 'vitest';
import { isRequestAuthentic, requestSigned } from '../../../captive-portal/radius/authenticators.ts';
import { CODE } from '../../../captive-portal/radius/codes.ts';
import { createCounts } from '../../../captive-portal/radius/counts.ts';
import { readAttributes } from '../../../captive-portal/radius/dictionary.ts';
import { createFraming } from '../../../captive-portal/radius/framing.ts';
import { LIMITS } from '../../../captive-portal/radius/limits.ts';
import { decodePacket } from '../../../captive-portal/radius/packet.ts';
import type { RadiusNas } from '../../../captive-portal/radius/policy.ts';
import { readRecord } from '../../../captive-portal/radius/record.ts';
import { readRequest } from '../../../captive-portal/radius/request.ts';
import { type Asker, createResponder } from '../../../captive-portal/radius/responder.ts';
import { silentLog } from '../../../core/log/log.ts';
import { mutate, seededRandom } from '../../support/random.ts';
import { accessRequest, accountingRequest, openPeer, SECRET, statusRequest } from './support/hotspot-peer.ts';
import { NAS, startServer } from './support/server.ts';

const SEED = 20_261_122;
const KEY = Buffer.from(SECRET);
/** Seconds of work, and on a busy machine many times as long. */
const PATIENCE_MS = 240_000;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** What a gateway sends, with much in it that can be broken. */
const originals: readonly Buffer[] = [
  accessRequest(),
  accessRequest({ signed: false }),
  accessRequest({ more: [{ type: 26, value: Buffer.from('00003a8c0a060a0532070809736f6d657468', 'hex') }] }),
  accessRequest({ signed: false, more: [{ type: 3, value: Buffer.alloc(17, 1) }] }),
  accountingRequest([
    { name: 'Acct-Session-Time', value: 300 },
    { name: 'Acct-Input-Octets', value: 1_000 },
    { name: 'Acct-Output-Gigawords', value: 1 },
  ]),
  statusRequest(),
];

/** Damages a packet where it lies, and gives its length. Its own length field follows in most cases, so that more is reached. */
function damage(target: Buffer, original: Buffer, random: () => number): number {
  original.copy(target);
  let length = original.length;
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes; change++) {
    const at = Math.floor(random() * length);
    const kind = random();
    if (kind < 0.4) target[at] = (target[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    else if (kind < 0.7) target[at] = [0, 1, 2, 3, 0x7f, 0x80, 0xfe, 0xff][Math.floor(random() * 8)] ?? 0;
    else if (kind < 0.85) length = Math.max(1, at);
    else if (length + 8 < target.length) {
      target.copyWithin(at + 8, at, length);
      length += 8;
    }
  }
  if (random() < 0.7 && length >= 4) target.writeUInt16BE(length, 2);
  return length;
}

type Sent = { count: number };

function asker(lanes: Asker<RadiusNas>['lanes'], sent: Sent): Asker<RadiusNas> {
  const send = () => {
    sent.count += 1;
  };
  return { nas: NAS, key: KEY, from: '10.5.50.1', socket: 'fuzz', lanes, isOverTls: false, send };
}

describe('damaged packets', () => {
  test(
    '1,000,000 of them go through all that reads packets: none is thrown at, none that is not proven is answered',
    async () => {
      const random = seededRandom(SEED);
      const counts = createCounts();
      const seen: unknown[] = [];
      // Whoever signed stays demanded to sign: then any answer is one to a packet that proved itself.
      const nas = { ...NAS, messageAuthenticator: 'required' as const };
      const responder = createResponder<RadiusNas>({
        policy: { authenticate: async () => ({ kind: 'accept', attributes: [] }), account: async () => {} },
        clock: () => 0,
        timers: { now: () => 0, after: () => () => {} },
        log: { ...silentLog, warn: (fields) => seen.push(fields) },
        limits: LIMITS,
        counts,
        authenticatorSeen: () => {},
      });
      const sent: Sent = { count: 0 };
      const one = { ...asker(['access', 'accounting'], sent), nas };
      const target = Buffer.alloc(600);
      let proven = 0;
      const startedAt = process.cpuUsage();

      for (let each = 0; each < 1_000_000; each++) {
        const original = originals[each % originals.length] ?? target;
        const octets = target.subarray(0, damage(target, original, random));
        if (responder.receive(octets, one) === null) proven += isProven(octets) ? 1 : -1_000_000;
        // Promises of the few that got through end here.
        if (each % 10_000 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      await responder.close();

      const { user, system } = process.cpuUsage(startedAt);
      const all = counts.all();
      console.log(
        `1,000,000 damaged packets: ${((user + system) / 1e6).toFixed(1)} s of CPU, ${proven} proven, ${sent.count} answered`,
      );
      expect(all.received).toBe(1_000_000);
      expect(proven).toBeGreaterThanOrEqual(0);
      expect(sent.count).toBeLessThanOrEqual(proven);
      expect(all.policyFailed).toBe(0);
      // Every reason was met: the damage reaches all there is.
      for (const reason of [
        'tooShort',
        'badLength',
        'badAttributes',
        'unexpectedCode',
        'badSignature',
        'badAuthenticator',
        'unsigned',
      ] as const)
        expect(all[reason]).toBeGreaterThan(100);
    },
    PATIENCE_MS,
  );

  test(
    '200,000 more are read to the last attribute as if they were proven',
    () => {
      const random = seededRandom(SEED + 1);
      const target = Buffer.alloc(600);
      let read = 0;

      for (let each = 0; each < 200_000; each++) {
        const original = originals[each % originals.length] ?? target;
        const packet = decodePacket(target.subarray(0, damage(target, original, random)));
        if (typeof packet === 'string') continue;
        const request = readRequest(packet, KEY, '');
        request.check('salah');
        readRecord(packet, '', random() < 0.5, 1_800_000_000_000);
        if (each % 4 === 0) readAttributes(packet.attributes);
        read += 1;
      }

      expect(read).toBeGreaterThan(20_000);
    },
    PATIENCE_MS,
  );

  test(
    '50,000 through the sockets of a server, which then serves as before',
    async () => {
      const random = seededRandom(SEED + 2);
      const server = await startServer({ nasOf: () => ({ ...NAS, messageAuthenticator: 'required' }) });
      const from = await openPeer();
      closing.push(server.close, from.close);

      for (let batch = 0; batch < 500; batch++) {
        for (let each = 0; each < 100; each++) {
          const original = originals[each % originals.length] ?? Buffer.alloc(0);
          from.send(mutate(original, random), each % 2 === 0 ? server.authPort : server.acctPort);
        }
        // Answered once all of the batch before it is read.
        const id = batch % 256;
        for (const port of [server.authPort, server.acctPort]) {
          from.send(statusRequest(id), port);
          while ((await from.next()).id !== id);
        }
      }
      from.send(accessRequest({ id: 255 }), server.authPort);
      let last = await from.next();
      while (last.id !== 255) last = await from.next();

      expect(last.code).toBe(CODE.accessAccept);
      expect(server.stats()).toMatchObject({ policyFailed: 0, inWork: 0 });
      expect(server.stats().received).toBeGreaterThan(50_000);
    },
    PATIENCE_MS,
  );

  test(
    'damaged streams of RadSec are cut into packets or given up, and hold no more than one packet',
    () => {
      const random = seededRandom(SEED + 3);
      const whole = Buffer.concat(originals);
      let most = 0;

      for (let each = 0; each < 20_000; each++) {
        const stream = mutate(whole, random);
        const framing = createFraming();
        for (let at = 0; at < stream.length; ) {
          const size = 1 + Math.floor(random() * 200);
          const packets = framing.add(stream.subarray(at, at + size));
          at += size;
          if (packets === null) break;
          most = Math.max(most, framing.begun());
          for (const packet of packets) decodePacket(packet);
        }
      }

      expect(most).toBeGreaterThan(0);
      expect(most).toBeLessThan(4_096);
    },
    PATIENCE_MS,
  );
});

function isProven(octets: Buffer): boolean {
  const packet = decodePacket(octets);
  if (typeof packet === 'string') return false;
  if (packet.code === CODE.accountingRequest) return isRequestAuthentic(KEY, packet);
  return requestSigned(KEY, packet) === 'right';
}
