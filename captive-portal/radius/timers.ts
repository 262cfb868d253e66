/** Time that only runs forward, and a way to be called later. Passed in, so that tests hold both in their hand. */
export type Timers = {
  /** Milliseconds from some fixed moment; unlike the wall clock it is never set. */
  now(): number;
  /** @returns a function that calls it off */
  after(delayMs: number, run: () => void): () => void;
};

export const realTimers: Timers = {
  now: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
