import { AppError } from '../../../core/domain/errors.ts';
import type { Inventory } from '../../../core/stores/inventory/inventory.ts';

/** The way of one process to its store. */
export type Guard = {
  /** Calls whose answer is not there yet. */
  readonly isIdle: () => boolean;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Counts something else that is under way, such as a message that is being sent. */
  hold<T>(work: () => Promise<T>): Promise<T>;
  /** The store cannot be reached, or can again. */
  setAway(isAway: boolean): void;
  /** The process dies: no call of it is begun any more, none returns, and what it had not committed is undone. */
  kill(): void;
  /** The process dies after so many calls more, which its store has done and it has not heard of. */
  killAfter(calls: number, onDeath: () => void): void;
};

/** A real store takes its time to keep changes of state, and what comes meanwhile is kept together. */
const KEEPS: ReadonlySet<string | symbol> = new Set(['recordTransitions']);
const KEEP_MS = 250;

/** The same store through a door that can be watched and shut. */
export function guardInventory(
  inventory: Inventory,
  after: (delayMs: number, run: () => void) => unknown,
): { readonly guard: Guard; readonly inventory: Inventory } {
  let inFlight = 0;
  let isAway = false;
  let isDead = false;
  let left = Number.POSITIVE_INFINITY;
  let died = () => {};
  const waiting = new Set<() => void>();

  async function hold<T>(work: () => Promise<T>): Promise<T> {
    inFlight++;
    try {
      return await work();
    } finally {
      inFlight--;
      if (inFlight === 0) for (const wake of [...waiting]) wake();
    }
  }
  function kill(): void {
    isDead = true;
  }
  const call = (work: () => Promise<unknown>): Promise<unknown> =>
    hold(async () => {
      if (isDead) throw new Error('the process is dead');
      if (isAway) throw new AppError('store-unavailable', 'the store is away');
      const result = await work();
      if (--left <= 0 && !isDead) {
        kill();
        died();
      }
      if (isDead) throw new Error('the process is dead');
      return result;
    });

  const guarded = <Of extends object>(target: Of): Of =>
    new Proxy(target, {
      get(of, key) {
        const value: unknown = Reflect.get(of, key);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          if (KEEPS.has(key)) await new Promise<void>((resolve) => after(KEEP_MS, resolve));
          return await call(async () => Reflect.apply(value, of, args));
        };
      },
    });

  return {
    guard: {
      isIdle: () => inFlight === 0,
      async idle() {
        if (inFlight === 0) return;
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      },
      hold,
      setAway(next) {
        isAway = next;
      },
      kill,
      killAfter(calls, onDeath) {
        left = calls;
        died = onDeath;
      },
    },
    inventory: new Proxy(inventory, {
      get(of, key) {
        const value: unknown = Reflect.get(of, key);
        return typeof value === 'object' && value !== null ? guarded(value) : value;
      },
    }),
  };
}
