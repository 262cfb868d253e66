import { expect, test } from 'vitest';
import { AnswerSlots } from '../../../collector/snmp/answer-slots.ts';
import { BadReadingError } from '../../../collector/snmp/bad-reading.ts';
import { BerReader } from '../../../collector/snmp/ber.ts';
import { decodeResponse, decodeValues, encodeOids } from '../../../collector/snmp/message.ts';
import { ResponseHead, readHead, readSlots } from '../../../collector/snmp/slot-decoder.ts';
import { numberOf, type Oid, textOf } from '../../../collector/snmp/value.ts';
import { type AgentBinding, type AgentValue, counter64, encodeResponse, integer } from '../../support/fake-agent.ts';
import { mutate, seededRandom } from '../../support/random.ts';

const SEED = 20_261_122;
const request = (oids: readonly Oid[]) => ({
  version: 1,
  community: Buffer.from('public'),
  pdu: 0xa0,
  requestId: 0x1234_5678,
  nonRepeaters: 0,
  repetitions: 0,
  oids,
});

/** What a reading comes to, as text: what was read, or why it was refused. */
function outcome(read: () => unknown): string {
  try {
    return JSON.stringify(read());
  } catch (error) {
    if (!(error instanceof BadReadingError)) throw error;
    return error.reason;
  }
}

/** Numbers, texts and widths, as a poll takes them. */
const plainly = (datagram: Uint8Array, asked: ReturnType<typeof encodeOids>): string =>
  outcome(() =>
    decodeValues(decodeResponse(datagram).bindings, asked).map((value) => [
      outcome(() => numberOf(value)),
      textOf(value),
      value?.type === 'counter64',
    ]),
  );

function fast(datagram: Uint8Array, asked: ReturnType<typeof encodeOids>, wholeFrom: number, wholeTo: number): string {
  const slots = new AnswerSlots(64);
  return outcome(() => {
    const head = new ResponseHead();
    readHead(datagram, head);
    const bindings = new BerReader(datagram, head.bindingsAt, head.bindingsEnd);
    readSlots(bindings, asked, { oids: asked.oids, wholeFrom, wholeTo }, slots, 0);
    return asked.oids.map((_, slot) => [
      outcome(() => {
        const number = slots.number(slot);
        return Number.isNaN(number) ? null : number;
      }),
      // Of a wide counter the text is that of the number, which may be rounded.
      slots.isCounter64(slot) ? textOf(decodeValues(decodeResponse(datagram).bindings, asked)[slot]) : slots.text(slot),
      slots.isCounter64(slot),
    ]);
  });
}

const VALUES: readonly (AgentValue | null)[] = [
  { type: 'timeticks', value: 4_294_967_295 },
  integer(-1),
  integer(-(2 ** 31)),
  integer(2 ** 31 - 1),
  { type: 'counter32', value: 2 ** 32 - 1 },
  { type: 'gauge32', value: 128 },
  counter64(2n ** 64n - 1n),
  counter64(2n ** 53n + 1n),
  counter64(0n),
  null,
  { type: 'octets', value: '42.5' },
  { type: 'octets', value: 'no number' },
  { type: 'oid', value: '1.3.6.1.4.1.9' },
];
const OIDS = VALUES.map((_, at) => `1.3.6.1.2.1.2.2.1.${at}.${at * 100_000}`);
const bindings = VALUES.map((value, at): AgentBinding => ({ oid: OIDS[at] ?? '', value }));
const error = { status: 0, index: 0 };

test('every kind of value is read as the plain decoder reads it', () => {
  const asked = encodeOids(OIDS);
  const answer = encodeResponse(request(OIDS), bindings, error);

  const read = fast(answer, asked, 3, 5);

  expect(read).toBe(plainly(answer, asked));
  expect(JSON.parse(read)).toHaveLength(VALUES.length);
});

test('whatever bytes come, it reads the same or refuses for the same reason', () => {
  const asked = encodeOids(OIDS);
  const answer = encodeResponse(request(OIDS), bindings, error);
  const random = seededRandom(SEED);
  const seen = new Set<string>();

  for (let round = 0; round < 40_000; round++) {
    const datagram = mutate(answer, random);
    const expected = plainly(datagram, asked);
    const from = Math.floor(random() * OIDS.length);
    const read = fast(datagram, asked, from, from + Math.floor(random() * 4));
    if (read !== expected)
      expect({ datagram: datagram.toString('hex'), read }).toEqual({ datagram: '', read: expected });
    seen.add(read.startsWith('[') ? 'read' : read);
  }

  expect([...seen]).toEqual(expect.arrayContaining(['read', 'truncated', 'wrong-oid', 'wrong-type', 'wrong-version']));
});

test('the head of any bytes is read as the plain decoder reads it', () => {
  const answer = encodeResponse(request(OIDS.slice(0, 1)), bindings.slice(0, 1), { status: 2, index: 1 });
  const random = seededRandom(SEED + 1);
  const head = new ResponseHead();

  for (let round = 0; round < 40_000; round++) {
    const datagram = mutate(answer, random);
    const expected = outcome(() => {
      const { version, community, requestId, errorStatus, errorIndex, bindings: inside } = decodeResponse(datagram);
      const name = Buffer.from(community).toString('hex');
      return [version === '1' ? 0 : 1, name, requestId, errorStatus, errorIndex, inside.at, inside.end];
    });
    const read = outcome(() => {
      readHead(datagram, head);
      const { version, communityAt, communityEnd, requestId, errorStatus, errorIndex, bindingsAt, bindingsEnd } = head;
      const name = datagram.subarray(communityAt, communityEnd).toString('hex');
      return [version, name, requestId, errorStatus, errorIndex, bindingsAt, bindingsEnd];
    });
    if (read !== expected)
      expect({ datagram: datagram.toString('hex'), read }).toEqual({ datagram: '', read: expected });
  }
});
