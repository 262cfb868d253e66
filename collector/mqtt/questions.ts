import type { Timers } from '../../core/timers.ts';
import type { Outgoing } from './format.ts';
import type { Speaker } from './roster.ts';

/** Asks devices that say nothing of themselves, again and again while anybody can hear the answer. */
export type Questions = {
  add(speaker: Speaker): void;
  remove(speaker: Speaker): void;
  /** Asks it from the beginning, but not for each of its topics. */
  restart(speaker: Speaker): void;
  /** Every device is asked from the beginning: what it answered in between went past us. */
  begin(): void;
  pause(): void;
};

/** Devices subscribe to one topic after the other. */
const RESTART_MS = 300;

export function createQuestions(timers: Timers, send: (message: Outgoing) => void): Questions {
  /** What calls off the next question; null while nobody hears. */
  const asked = new Map<Speaker, (() => void) | null>();
  let isHeard = false;

  function ask(speaker: Speaker, round: number): void {
    const { asks } = speaker.reader;
    if (asks === undefined) return;
    for (const message of asks.messages(round)) send(message);
    asked.set(
      speaker,
      timers.after(asks.everyS * 1_000, () => ask(speaker, round + 1)),
    );
  }

  return {
    add(speaker) {
      if (speaker.reader.asks === undefined) return;
      asked.set(speaker, null);
      if (isHeard) ask(speaker, 0);
    },
    remove(speaker) {
      asked.get(speaker)?.();
      asked.delete(speaker);
    },
    restart(speaker) {
      if (!isHeard || !asked.has(speaker)) return;
      asked.get(speaker)?.();
      asked.set(
        speaker,
        timers.after(RESTART_MS, () => ask(speaker, 0)),
      );
    },
    begin() {
      isHeard = true;
      for (const [speaker, cancel] of asked) {
        cancel?.();
        ask(speaker, 0);
      }
    },
    pause() {
      isHeard = false;
      for (const [speaker, cancel] of asked) {
        cancel?.();
        asked.set(speaker, null);
      }
    },
  };
}
