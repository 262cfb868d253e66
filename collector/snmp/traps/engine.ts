import { createHash } from 'node:crypto';
import type { Clock } from '../../../core/domain/clock.ts';

/** The engine whose clock and name a message goes by. */
export type EngineClock = { readonly engineId: Uint8Array; readonly boots: number; readonly time: number };

/** Our own engine of SNMPv3, by whose clock informs go, and what is known of the engines that send traps. */
export type Engine = {
  readonly id: Uint8Array;
  now(): EngineClock;
  /** Whether an authenticated message that goes by our clock is of this moment (RFC 3414, section 3.2, 7a). */
  isOfNow(sent: EngineClock): boolean;
  /** Takes note of the clock of another engine (7b). @returns false for a message that was sent long ago */
  isNew(sent: EngineClock): boolean;
  /** Counts a report that is about to be sent. */
  countReport(): number;
};

const WINDOW_S = 150;
const MAX_ENGINES = 4_096;
const MAX_BOOTS = 2 ** 31 - 1;
const BOOTS_EPOCH = Date.UTC(2020, 0, 1);
const MINUTE_MS = 60_000;

/**
 * @param name of this receiver, from which its id follows: senders remember it from start to start
 * @param clock UTC ms; the number of boots is the minute of the start, so that it grows without being kept anywhere
 */
export function createEngine(name: string, clock: Clock): Engine {
  const digest = createHash('sha256').update(name).digest();
  // RFC 3411, SnmpEngineID: the form of 8 octets of one's own (5), under no enterprise.
  const id = Buffer.concat([Buffer.from([0x80, 0, 0, 0, 5]), digest.subarray(0, 8)]);
  const startedAt = clock();
  const boots = Math.max(1, Math.floor((startedAt - BOOTS_EPOCH) / MINUTE_MS)) % MAX_BOOTS;
  const others = new Map<string, { readonly boots: number; readonly time: number }>();
  let reports = 0;
  const now = (): EngineClock => ({
    engineId: id,
    boots,
    time: Math.max(0, Math.floor((clock() - startedAt) / 1000)),
  });
  return {
    id,
    now,
    countReport: () => ++reports,
    isOfNow: (sent) => sent.boots === boots && Math.abs(sent.time - now().time) <= WINDOW_S,
    isNew({ engineId, boots: sentBoots, time }) {
      const key = Buffer.from(engineId).toString('hex');
      const known = others.get(key);
      if (
        known !== undefined &&
        (sentBoots < known.boots || (sentBoots === known.boots && time < known.time - WINDOW_S))
      )
        return false;
      const isLater = known === undefined || sentBoots > known.boots || time > known.time;
      others.delete(key);
      others.set(key, isLater ? { boots: sentBoots, time } : known);
      if (others.size > MAX_ENGINES) for (const oldest of others.keys()) return others.delete(oldest);
      return true;
    },
  };
}
