import { randomUUID } from 'node:crypto';
import { Value } from 'typebox/value';
import type { Bus } from '../bus/bus.ts';
import { type Gathering, gatherParts } from '../bus/parts.ts';
import { type PollAnswer, PollAnswer as PollAnswerSchema, type PollAsk } from '../contract/poll.ts';
import { type Clock, MINUTE, SECOND } from '../domain/clock.ts';
import { AppError } from '../domain/errors.ts';

/** A collector that is there says at once that it took a question. */
export const TAKEN_WITHIN_MS = 10 * SECOND;
/** Longer than a collector gives any device. */
export const ANSWERED_WITHIN_MS = 75 * SECOND;
const PAUSE_MS = 5 * SECOND;
const MOST_WAITING = 20;
const KEPT_MS = 10 * MINUTE;
const MOST_KEPT = 200;

type Ask = {
  readonly id: string;
  readonly deviceId: string;
  readonly askedAt: number;
  readonly gathering: Gathering;
  collector: string | null;
  answer: PollAnswer | null;
};

/** Questions that people put to devices, over the bus, whichever process has the collector. */
export type PollAsks = {
  /**
   * Asks whoever watches the device. While one question is under way the same one comes back.
   * @throws AppError `too-many-requests`
   */
  ask(deviceId: string): PollAsk;
  /** Null where there is no such question, or no longer. */
  get(deviceId: string, askId: string): PollAsk | null;
  close(): void;
};

export function createPollAsks({ bus, clock }: { readonly bus: Bus; readonly clock: Clock }): PollAsks {
  /** In the order in which they were asked. */
  const asks = new Map<string, Ask>();

  const untilOf = ({ askedAt, collector }: Ask): number =>
    askedAt + (collector === null ? TAKEN_WITHIN_MS : ANSWERED_WITHIN_MS);
  const isOpen = (ask: Ask): boolean => ask.answer === null && clock() < untilOf(ask);

  function view(ask: Ask): PollAsk {
    const { id, askedAt, collector, answer } = ask;
    const status =
      answer !== null ? 'answered' : !isOpen(ask) ? 'silent' : collector === null ? 'waiting' : ('taken' as const);
    return { id, status, askedAt, until: untilOf(ask), collector, answer };
  }

  function forgetOld(): void {
    for (const [id, { askedAt }] of asks) {
      if (asks.size < MOST_KEPT && clock() - askedAt < KEPT_MS) return;
      asks.delete(id);
    }
  }

  const stop = bus.hear((message) => {
    const ask = asks.get(message.askId);
    if (ask === undefined || message.type === 'poll-asked' || ask.answer !== null) return;
    // Where two collectors watch one device the first that speaks is the one that is heard.
    ask.collector ??= message.collector;
    if (ask.collector !== message.collector || message.type === 'poll-taken') return;
    const answer = ask.gathering.add(message.part, message.parts, message.text);
    if (Value.Check(PollAnswerSchema, answer)) ask.answer = answer;
  });

  return {
    ask(deviceId) {
      forgetOld();
      const last = [...asks.values()].findLast((ask) => ask.deviceId === deviceId);
      if (last !== undefined && isOpen(last)) return view(last);
      const isSoon = last !== undefined && clock() - last.askedAt < PAUSE_MS;
      if (isSoon || [...asks.values()].filter(isOpen).length >= MOST_WAITING) {
        throw new AppError('too-many-requests', 'this was asked a moment ago', { retryAfterMs: PAUSE_MS });
      }
      const id = randomUUID();
      const ask: Ask = { id, deviceId, askedAt: clock(), gathering: gatherParts(), collector: null, answer: null };
      asks.set(id, ask);
      bus.send({ type: 'poll-asked', askId: id, deviceId });
      return view(ask);
    },
    get(deviceId, askId) {
      const ask = asks.get(askId);
      return ask === undefined || ask.deviceId !== deviceId ? null : view(ask);
    },
    close: stop,
  };
}
