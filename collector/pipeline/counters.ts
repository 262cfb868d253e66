import { UPTIME_WRAP_S } from '../readings/system.ts';
import type { CounterColumns, CounterName } from './round-columns.ts';

/** A counter as the device gave it. */
export type RawCounter = CounterName & {
  /** Metric and instance in one, unlike that of any other counter of the device. */
  readonly key: string;
  readonly raw: number;
  readonly bits: 32 | 64;
  /** ifCounterDiscontinuityTime of its interface; null where the agent has none. */
  readonly discontinuity: number | null;
};

export type CounterRound = {
  readonly at: number;
  readonly uptimeS: number | null;
  readonly hostUptimeS: number | null;
  /** What the columns hold. Passing the same array again spares comparing them. */
  readonly names: readonly CounterName[];
  readonly columns: CounterColumns;
};

/** Takes a value of the counter at a place among the names. */
export type CounterSink = (place: number, value: number, at: number) => void;

const WRAP_32 = 2 ** 32;
/** Clocks of devices run unevenly, and answers are under way for a while. */
const TOLERANCE_S = 30;
const TOLERANCE_SHARE = 0.02;

/** The last round of a device: values already unwrapped. */
export class CounterMemory {
  at: number;
  uptimeS: number | null;
  hostUptimeS: number | null = null;
  #names: readonly CounterName[] = [];
  /** By place; NaN where there was none yet. Plain arrays: of so few numbers they are smaller than typed ones. */
  #values: number[] = [];
  #discontinuities: number[] | null = null;
  /** What is known of counters that the last round did not bring, by metric and instance. */
  #others: Map<string, number> | null;

  /** @param values by metric and instance, as `metric/instance` */
  constructor(at: number, uptimeS: number | null, values: ReadonlyMap<string, number> = new Map()) {
    this.at = at;
    this.uptimeS = uptimeS;
    this.#others = values.size === 0 ? null : new Map(values);
  }

  /** Makes the places those of `names`. */
  adopt(names: readonly CounterName[]): void {
    if (names === this.#names) return;
    const others = this.#others ?? new Map<string, number>();
    const discontinuities = new Map<string, number>();
    for (const [place, name] of this.#names.entries()) {
      const value = this.value(place);
      if (!Number.isNaN(value)) others.set(keyOf(name), value);
      discontinuities.set(keyOf(name), this.discontinuity(place));
    }
    this.#values = names.map((name) => others.get(keyOf(name)) ?? Number.NaN);
    if (this.#discontinuities !== null)
      this.#discontinuities = names.map((name) => discontinuities.get(keyOf(name)) ?? Number.NaN);
    for (const name of names) others.delete(keyOf(name));
    this.#others = others.size === 0 ? null : others;
    this.#names = names;
  }

  get names(): readonly CounterName[] {
    return this.#names;
  }
  value(place: number): number {
    return this.#values[place] ?? Number.NaN;
  }
  discontinuity(place: number): number {
    return this.#discontinuities?.[place] ?? Number.NaN;
  }
  set(place: number, value: number, discontinuity: number): void {
    this.#values[place] = value;
    if (Number.isNaN(discontinuity)) return;
    this.#discontinuities ??= this.#values.map(() => Number.NaN);
    this.#discontinuities[place] = discontinuity;
  }
}

const keyOf = ({ metric, instance }: CounterName): string => `${metric}/${instance}`;

/**
 * Hands counters on so that they only grow, and fall only where the device started again: a 32-bit counter that passed
 * 2^32 goes on beyond it; after a restart each counter gets a sample of 0 at the moment of the start.
 * @param memory of the round before, which becomes that of this one; null at the first
 */
export function continueCounters(
  memory: CounterMemory | null,
  round: CounterRound,
  sink: CounterSink,
): { readonly memory: CounterMemory; readonly hasRestarted: boolean } {
  const { at, uptimeS, hostUptimeS, names, columns } = round;
  const now = memory ?? new CounterMemory(at, uptimeS);
  now.adopt(names);
  const hasRestarted = memory !== null && countersStartedAgain(memory, round);
  const startedAt = hasRestarted ? startOf(now, round) : at;
  for (let place = 0; place < names.length; place++) {
    const raw = columns.raw[place] ?? Number.NaN;
    if (Number.isNaN(raw)) continue;
    const previous = now.value(place);
    let value = raw;
    if (!Number.isNaN(previous)) {
      if (hasRestarted) sink(place, 0, startedAt);
      else value = continued(now, place, round);
    }
    now.set(place, value, columns.discontinuity[place] ?? Number.NaN);
    sink(place, value, at);
  }
  now.at = at;
  now.uptimeS = uptimeS;
  now.hostUptimeS = hostUptimeS;
  return { memory: now, hasRestarted };
}

function continued(memory: CounterMemory, place: number, { at, names, columns }: CounterRound): number {
  const raw = columns.raw[place] ?? Number.NaN;
  // A 64-bit counter that falls was set back; it cannot have wrapped.
  if (columns.is64[place] === 1) return raw;
  const previous = memory.value(place);
  const previousRaw = previous % WRAP_32;
  const base = previous - previousRaw;
  if (raw >= previousRaw) return base + raw;
  const [discontinuity, before] = [columns.discontinuity[place] ?? Number.NaN, memory.discontinuity(place)];
  if (!Number.isNaN(discontinuity) && !Number.isNaN(before) && discontinuity !== before) return raw;
  const growth = raw + WRAP_32 - previousRaw;
  const seconds = Math.max(1, (at - memory.at) / 1000);
  const maxPerSecond = names[place]?.maxPerSecond ?? null;
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
  const { names, columns } = round;
  let counted = false;
  for (let place = 0; place < names.length; place++) {
    const raw = columns.raw[place] ?? Number.NaN;
    const previous = memory.value(place);
    if (Number.isNaN(raw) || Number.isNaN(previous)) continue;
    if (raw < (columns.is64[place] === 1 ? previous : previous % WRAP_32)) return true;
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
