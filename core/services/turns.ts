import { AppError } from '../domain/errors.ts';

/** Lets so many run and so many wait; who comes then is sent away with `busy`. */
export function turns(atOnce: number, waiting: number, busy: string): <T>(work: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new AppError('too-many-requests', busy, { retryAfterMs: 2_000 });
      await new Promise<void>((resolve) => queue.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
