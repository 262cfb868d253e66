import { AppError } from '../../domain/errors.ts';

export type Together<Item, Result> = {
  /** Resolves or rejects with what became of this one. @throws AppError `store-unavailable` when too many wait */
  add(item: Item): Promise<Result>;
  /** Waits for all that was added. */
  drain(): Promise<void>;
};

type Waiting<Item, Result> = {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Does many small things in one go: what comes while a go is under way waits for the next one. The first go starts in
 * the same turn of the event loop, so alone nobody waits, and under load many share one statement and commit.
 * @param work all or nothing: when it throws, each of its items is done alone, so that one bad item costs no other;
 *   where the store is away all fail at once
 */
export function together<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  { most, mostWaiting, atOnce = 1 }: { readonly most: number; readonly mostWaiting: number; readonly atOnce?: number },
): Together<Item, Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let underWay = 0;
  let isPlanned = false;
  let idle: (() => void)[] = [];

  async function go(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await work(batch.map(({ item }) => item));
      for (const [i, { resolve }] of batch.entries()) resolve(results[i] as Result);
    } catch (error) {
      const isAway = error instanceof AppError && error.code === 'store-unavailable';
      if (batch.length === 1 || isAway) {
        for (const { reject } of batch) reject(error);
        return;
      }
      for (const one of batch) await go([one]);
    }
  }

  function pump(): void {
    isPlanned = false;
    while (waiting.length > 0 && underWay < atOnce) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      underWay += 1;
      void go(batch).finally(() => {
        underWay -= 1;
        pump();
      });
    }
    if (waiting.length === 0 && underWay === 0) {
      for (const settle of idle) settle();
      idle = [];
    }
  }

  return {
    add(item) {
      if (waiting.length >= mostWaiting)
        return Promise.reject(new AppError('store-unavailable', 'more waits to be stored than is taken on'));
      return new Promise<Result>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (isPlanned || underWay >= atOnce) return;
        isPlanned = true;
        setImmediate(pump);
      });
    },
    drain: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        pump();
      }),
  };
}
