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

/** Runs again and again with a pause between, never twice at once, until it is stopped. */
export function repeat(timers: Timers, pauseMs: number, run: () => Promise<void>): { stop(): Promise<void> } {
  let isStopped = false;
  let running = Promise.resolve();
  let cancel = timers.after(pauseMs, start);
  function start(): void {
    running = run().then(() => {
      if (!isStopped) cancel = timers.after(pauseMs, start);
    });
  }
  return {
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
  };
}
