/** Bounds in time for checks that take several steps. */
export type Deadlines = {
  /** Runs work with a signal that aborts when its time is over or all is closed; nothing of it is left afterwards. */
  run<Result>(timeoutMs: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Aborts what is under way, and resolves when all of it has ended. */
  close(): Promise<void>;
};

export function createDeadlines(): Deadlines {
  const running = new Map<AbortController, Promise<unknown>>();
  let isClosed = false;
  return {
    async run(timeoutMs, work) {
      const controller = new AbortController();
      if (isClosed) controller.abort();
      const timer = setTimeout(() => controller.abort(), timeoutMs);
      const done = work(controller.signal);
      running.set(
        controller,
        done.catch(() => {}),
      );
      try {
        return await done;
      } finally {
        clearTimeout(timer);
        running.delete(controller);
        // Whatever still hangs on the signal goes with it.
        controller.abort();
      }
    },
    async close() {
      isClosed = true;
      const ends = [...running.values()];
      for (const controller of running.keys()) controller.abort();
      await Promise.all(ends);
    },
  };
}
