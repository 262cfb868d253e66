import type { Log } from '../../core/log/log.ts';
import type { Timers } from '../../core/timers.ts';

const EVERY_MS = 60_000;
const MAX_REMEMBERED = 200;

/** Warns of the same thing at most once a minute: what anybody may send must not fill the log. */
export function createQuietLog(log: Log, timers: Timers): (key: string, fields: object, sentence: string) => void {
  const saidAt = new Map<string, number>();
  return (key, fields, sentence) => {
    const now = timers.now();
    for (const [known, at] of saidAt) {
      if (now - at < EVERY_MS) break;
      saidAt.delete(known);
    }
    if (saidAt.has(key) || saidAt.size >= MAX_REMEMBERED) return;
    saidAt.set(key, now);
    log.warn(fields, sentence);
  };
}
