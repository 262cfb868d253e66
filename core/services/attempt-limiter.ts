import { type Clock, MINUTE } from '../domain/clock.ts';

export type AttemptLimit = { readonly attempts: number; readonly windowMs: number };

/** Failed sign-ins that are let through before one must wait. */
export const SIGN_IN_LIMITS = {
  /** One address at one name: somebody who forgot, or guesses. */
  pair: { attempts: 8, windowMs: 15 * MINUTE },
  /** One name from everywhere: guessing spread over addresses. Higher, so that nobody is locked out from one place. */
  name: { attempts: 40, windowMs: 15 * MINUTE },
  /** One address at many names; an office shares one address. */
  address: { attempts: 60, windowMs: 15 * MINUTE },
} as const satisfies Record<string, AttemptLimit>;

/**
 * Counters of one generation. When it is full the one before is forgotten: memory stays bounded under any flood, and
 * each step costs the same.
 */
const GENERATION = 10_000;

type Counter = { attempts: number; readonly resetAt: number };

export type AttemptLimiter = {
  /**
   * Counts an attempt before it is made, so that many at once cannot slip through.
   * @returns ms to wait, 0 when it may go ahead
   */
  take(name: string, address: string): number;
  /** The attempt was right: it and those before it from this address at this name no longer count. */
  forgive(name: string, address: string): void;
};

/** Fixed windows in memory, per name, per address and per both. */
export function attemptLimiter(
  clock: Clock,
  limits: Readonly<Record<keyof typeof SIGN_IN_LIMITS, AttemptLimit>> = SIGN_IN_LIMITS,
): AttemptLimiter {
  let recent = new Map<string, Counter>();
  let older = new Map<string, Counter>();

  function current(key: string): Counter | undefined {
    const counter = recent.get(key) ?? older.get(key);
    return counter === undefined || counter.resetAt <= clock() ? undefined : counter;
  }

  function count(key: string, windowMs: number): void {
    const counter = current(key) ?? { attempts: 0, resetAt: clock() + windowMs };
    counter.attempts += 1;
    if (!recent.has(key) && recent.size >= GENERATION) {
      older = recent;
      recent = new Map();
    }
    recent.set(key, counter);
  }

  const keysOf = (name: string, address: string) =>
    [
      [`p ${network(address)} ${name}`, limits.pair],
      [`n ${name}`, limits.name],
      [`a ${network(address)}`, limits.address],
    ] as const;

  return {
    take(name, address) {
      const keys = keysOf(name, address);
      const waits = keys.map(([key, limit]) => {
        const counter = current(key);
        return counter !== undefined && counter.attempts >= limit.attempts ? counter.resetAt - clock() : 0;
      });
      const wait = Math.max(...waits);
      if (wait > 0) return wait;
      for (const [key, limit] of keys) count(key, limit.windowMs);
      return 0;
    },
    forgive(name, address) {
      const [[pair]] = keysOf(name, address);
      const forgiven = current(pair)?.attempts ?? 0;
      for (const [key] of keysOf(name, address)) {
        const counter = current(key);
        if (counter !== undefined) counter.attempts = Math.max(0, counter.attempts - forgiven);
      }
    },
  };
}

/** One subscriber of IPv6 has a whole /64 to try from. */
function network(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter((group) => group !== '');
  const right = tail === undefined ? [] : tail.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
