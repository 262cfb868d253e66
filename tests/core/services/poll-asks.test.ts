import { beforeEach, expect, test } from 'vitest';
import type { BusMessage } from '../../../core/bus/bus.ts';
import { memoryBus } from '../../../core/bus/memory.ts';
import { gatherParts, toParts } from '../../../core/bus/parts.ts';
import type { PollAnswer } from '../../../core/contract/poll.ts';
import {
  ANSWERED_WITHIN_MS,
  createPollAsks,
  type PollAsks,
  TAKEN_WITHIN_MS,
} from '../../../core/services/poll-asks.ts';

const ANSWER: PollAnswer = {
  collector: 'utara',
  at: 5,
  tookMs: 12,
  reach: { probe: 'icmp', roundTripMs: 3.2, failure: null, impairment: null },
  poll: null,
  device: null,
  readings: [],
  interfaces: [],
  // Does not compress: it must travel in several parts.
  raw: Array.from({ length: 300 }, (_, at) => ({
    question: 'GET',
    name: `1.3.6.${at}`,
    value: Array.from({ length: 12 }, (_, step) => Math.sin(at * 12 + step).toString(36)).join(''),
  })),
  isCut: false,
};
const DEVICE = '11111111-1111-4111-8111-111111111111';

let now: number;
let said: BusMessage[];
let bus: ReturnType<typeof memoryBus>;
let asks: PollAsks;
beforeEach(() => {
  now = 1_000;
  said = [];
  bus = memoryBus((error) => {
    throw error;
  });
  bus.hear((message) => said.push(message));
  asks = createPollAsks({ bus, clock: () => now });
});

const answer = (askId: string, collector: string, order: (parts: readonly number[]) => readonly number[]): void => {
  const texts = toParts(ANSWER) ?? [];
  for (const part of order(texts.map((_, at) => at)))
    bus.send({ type: 'poll-answered', askId, collector, part, parts: texts.length, text: texts[part] ?? '' });
};

test('an answer in parts comes together in whatever order its parts come', () => {
  const { id } = asks.ask(DEVICE);
  bus.send({ type: 'poll-taken', askId: id, collector: 'utara' });
  const taken = asks.get(DEVICE, id);

  answer(id, 'utara', (parts) => [...parts].reverse());

  expect(toParts(ANSWER)?.length).toBeGreaterThan(1);
  expect(said[0]).toEqual({ type: 'poll-asked', askId: id, deviceId: DEVICE });
  expect(taken).toMatchObject({ status: 'taken', collector: 'utara', answer: null });
  expect(asks.get(DEVICE, id)).toMatchObject({ status: 'answered', answer: ANSWER });
});

test('nobody there, and somebody who never comes back, are both told as silence', () => {
  const { id } = asks.ask(DEVICE);
  const other = asks.ask('22222222-2222-4222-8222-222222222222');
  bus.send({ type: 'poll-taken', askId: other.id, collector: 'utara' });

  now += TAKEN_WITHIN_MS;
  const early = [asks.get(DEVICE, id)?.status, asks.get('22222222-2222-4222-8222-222222222222', other.id)?.status];
  now += ANSWERED_WITHIN_MS;
  const late = asks.get('22222222-2222-4222-8222-222222222222', other.id);

  expect(early).toEqual(['silent', 'taken']);
  expect(late).toMatchObject({ status: 'silent', collector: 'utara' });
});

test('of two collectors that watch one device the first is heard, and nonsense is not', () => {
  const { id } = asks.ask(DEVICE);
  bus.send({ type: 'poll-taken', askId: id, collector: 'utara' });

  answer(id, 'selatan', (parts) => parts);
  bus.send({ type: 'poll-answered', askId: id, collector: 'utara', part: 0, parts: 1, text: 'bm9uc2Vuc2U=' });
  bus.send({
    type: 'poll-answered',
    askId: id,
    collector: 'utara',
    part: 0,
    parts: 1,
    text: toParts({ at: 1 })?.[0] ?? '',
  });

  expect(asks.get(DEVICE, id)).toMatchObject({ status: 'taken', answer: null });
  expect(gatherParts().add(0, 1_000_000, 'x')).toBeUndefined();
});

test('a device is asked once at a time, and not again at once', () => {
  const first = asks.ask(DEVICE);
  const again = asks.ask(DEVICE);
  answer(first.id, 'utara', (parts) => parts);

  expect(again.id).toBe(first.id);
  expect(() => asks.ask(DEVICE)).toThrow(expect.objectContaining({ code: 'too-many-requests' }));
  now += 5_000;
  expect(asks.ask(DEVICE).id).not.toBe(first.id);
  expect(asks.get('22222222-2222-4222-8222-222222222222', first.id)).toBeNull();
});
