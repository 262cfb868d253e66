import type { Clock } from '../../core/domain/clock.ts';

export type MemoOptions = {
  readonly clock: Clock;
  /** How long an answer is given without asking again. */
  readonly freshMs: number;
  /** How long an answer may still be given while a new one is being made; by default not at all. */
  readonly staleMs?: number;
  /** How many answers are kept; the one asked for longest ago goes first. */
  readonly entries: number;
};

type Entry<Value> = { value: Promise<Value>; madeAt: number; isRenewing: boolean };

/** Remembers answers for a while. Several who ask the same at once wait for one answer; a failure is not kept. */
export function memo<Value>({ clock, freshMs, staleMs = 0, entries }: MemoOptions) {
  const known = new Map<string, Entry<Value>>();

  function make(key: string, work: () => Promise<Value>): Promise<Value> {
    const entry = { value: work(), madeAt: clock(), isRenewing: false };
    known.set(key, entry);
    entry.value.catch(() => {
      if (known.get(key) === entry) known.delete(key);
    });
    if (known.size > entries) {
      const [oldest] = known.keys();
      if (oldest !== undefined) known.delete(oldest);
    }
    return entry.value;
  }

  function renew(entry: Entry<Value>, work: () => Promise<Value>): void {
    entry.isRenewing = true;
    const madeAt = clock();
    work()
      .then((value) => {
        entry.value = Promise.resolve(value);
        entry.madeAt = madeAt;
      })
      // The old answer stands until it is too old; who asks then learns what is wrong.
      .catch(() => {})
      .finally(() => {
        entry.isRenewing = false;
      });
  }

  return {
    get(key: string, work: () => Promise<Value>): Promise<Value> {
      const found = known.get(key);
      known.delete(key);
      const age = found === undefined ? Number.POSITIVE_INFINITY : clock() - found.madeAt;
      if (found === undefined || age >= Math.max(freshMs, staleMs)) return make(key, work);
      known.set(key, found);
      if (age >= freshMs && !found.isRenewing) renew(found, work);
      return found.value;
    },
    clear: (): void => known.clear(),
  };
}
