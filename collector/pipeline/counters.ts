import { UPTIME_WRAP_S } from '../readings/system.ts';

/** A counter as the device gave it. */
export type RawCounter = {
  /** Metric and instance in one, unlike that of any other counter of the device. */
  readonly key: string;
  readonly metric: string;
  readonly instance: string;
  readonly raw: number;
  readonly bits: 32 | 64;
  /** What it can grow by in a second at the very most; null where nothing is known. */
  readonly maxPerSecond: number | null;
  /** ifCounterDiscontinuityTime of its interface; null where the agent has none. */
  readonly discontinuity: number | null;
};

export type CounterRound = {
  readonly at: number;
  readonly uptimeS: number | null;
  readonly hostUptimeS: number | null;
  readonly counters: readonly RawCounter[];
};

/** Last round of a device: values already unwrapped. Its maps are handed on from round to round and belong to it. */
export type CounterMemory = {
  readonly at: number;
  readonly uptimeS: number | null;
  readonly hostUptimeS: number | null;
  readonly values: Map<string, number>;
  readonly discontinuities: Map<string, number>;
};

export type CounterSample = {
  readonly metric: string;
  readonly instance: string;
  readonly value: number;
  readonly at: number;
};

const WRAP_32 = 2 ** 32;
/** Clocks of devices run unevenly, and answers are under way for a while. */
const TOLERANCE_S = 30;
const TOLERANCE_SHARE = 0.02;

/**
 * Hands counters on so that they only grow, and fall only where the device started again: a 32-bit counter that passed
 * 2^32 goes on beyond it; after a restart each counter gets a sample of 0 at the moment of the start.
 * @param memory of the round before; it is used up, and only the memory that comes back may be used from then on
 */
export function continueCounters(
  memory: CounterMemory | null,
  round: CounterRound,
): { readonly memory: CounterMemory; readonly samples: readonly CounterSample[]; readonly hasRestarted: boolean } {
  const hasRestarted = memory !== null && countersStartedAgain(memory, round);
  const samples: CounterSample[] = [];
  const values = memory?.values ?? new Map<string, number>();
  const discontinuities = memory?.discontinuities ?? new Map<string, number>();
  const startedAt = memory === null ? round.at : startOf(memory, round);
  for (const counter of round.counters) {
    const { key, metric, instance, raw } = counter;
    const previous = values.get(key);
    let value = raw;
    if (memory !== null && previous !== undefined) {
      if (hasRestarted) samples.push({ metric, instance, value: 0, at: startedAt });
      else value = continued(counter, previous, memory, round.at);
    }
    values.set(key, value);
    if (counter.discontinuity !== null) discontinuities.set(key, counter.discontinuity);
    samples.push({ metric, instance, value, at: round.at });
  }
  const { at, uptimeS, hostUptimeS } = round;
  return { memory: { at, uptimeS, hostUptimeS, values, discontinuities }, samples, hasRestarted };
}

function continued(counter: RawCounter, previous: number, memory: CounterMemory, at: number): number {
  const { raw, bits, maxPerSecond, discontinuity, key } = counter;
  // A 64-bit counter that falls was set back; it cannot have wrapped.
  if (bits === 64) return raw;
  const previousRaw = previous % WRAP_32;
  const base = previous - previousRaw;
  if (raw >= previousRaw) return base + raw;
  const before = memory.discontinuities.get(key);
  if (discontinuity !== null && before !== undefined && discontinuity !== before) return raw;
  const growth = raw + WRAP_32 - previousRaw;
  const seconds = Math.max(1, (at - memory.at) / 1000);
  return maxPerSecond !== null && growth / seconds > maxPerSecond ? raw : base + WRAP_32 + raw;
}

/**
 * Whether the counters began anew. The agent's uptime alone does not say so: an agent that is started again on a
 * running machine goes on with the kernel's counters.
 */
function countersStartedAgain(memory: CounterMemory, round: CounterRound): boolean {
  const elapsedS = (round.at - memory.at) / 1000;
  if (round.hostUptimeS !== null && memory.hostUptimeS !== null)
    return isRestart(memory.hostUptimeS, round.hostUptimeS, elapsedS);
  if (round.uptimeS === null || memory.uptimeS === null || !isRestart(memory.uptimeS, round.uptimeS, elapsedS))
    return false;
  let counted = false;
  for (const { key, raw, bits } of round.counters) {
    const previous = memory.values.get(key);
    if (previous === undefined) continue;
    if (raw < (bits === 32 ? previous % WRAP_32 : previous)) return true;
    counted ||= previous > 0;
  }
  return !counted;
}

/** Whether an uptime shows a start in between, rather than its own wrap after 497 days. */
export function isRestart(beforeS: number, nowS: number, elapsedS: number): boolean {
  const expected = beforeS + elapsedS;
  const tolerance = TOLERANCE_S + TOLERANCE_SHARE * elapsedS;
  if (nowS >= expected - tolerance && nowS >= beforeS) return false;
  const wrapped = expected % UPTIME_WRAP_S;
  const isWrap = expected + tolerance >= UPTIME_WRAP_S && Math.abs(wrapped - nowS) <= tolerance;
  return !isWrap;
}

/** Moment of the start, between the two rounds. */
function startOf(memory: CounterMemory, round: CounterRound): number {
  const uptimeS = round.hostUptimeS ?? round.uptimeS ?? 0;
  return Math.max(memory.at + 1, Math.min(Math.round(round.at - uptimeS * 1000), round.at - 1));
}
