import type { Timers } from '../../../core/timers.ts';

/** Turns any number of hints about a device into few questions to it. */
export type Hints = {
  /** @returns false where the device was asked a moment ago, and will be once more */
  give(deviceId: string): boolean;
  close(): void;
};

/** The first hint asks at once; what comes within `everyMs` of it asks once at the end of that time. */
export function createHints(timers: Timers, everyMs: number, pollSoon: (deviceId: string) => void): Hints {
  const resting = new Map<string, { hasMore: boolean; cancel: () => void }>();

  function ask(deviceId: string): void {
    const rest = { hasMore: false, cancel: () => {} };
    resting.set(deviceId, rest);
    rest.cancel = timers.after(everyMs, () => {
      resting.delete(deviceId);
      if (rest.hasMore) ask(deviceId);
    });
    pollSoon(deviceId);
  }

  return {
    give(deviceId) {
      const rest = resting.get(deviceId);
      if (rest === undefined) {
        ask(deviceId);
        return true;
      }
      rest.hasMore = true;
      return false;
    },
    close() {
      for (const { cancel } of resting.values()) cancel();
      resting.clear();
    },
  };
}
