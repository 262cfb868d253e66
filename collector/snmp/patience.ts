/** Tells when waiting has been long enough. */
export type Patience = {
  /** `expired` will be called with the id, whether or not anyone still waits. */
  wait(id: number, ms: number): void;
  /** Nobody waits any more: leaves no timer behind. */
  clear(): void;
};

type Line = {
  readonly ms: number;
  readonly ids: number[];
  readonly dues: number[];
  first: number;
  timer: NodeJS.Timeout;
};

/** What has been passed is given back in pieces of this many. */
const COMPACT_AT = 4_096;

/**
 * One timer for all that wait equally long: they come to their end in the order in which they began. A timer for each
 * would cost more than a question.
 */
export function createPatience(expired: (id: number) => void): Patience {
  const lines = new Map<number, Line>();

  function open(ms: number): Line {
    const line: Line = { ms, ids: [], dues: [], first: 0, timer: setTimeout(() => wake(line), ms) };
    lines.set(ms, line);
    return line;
  }

  // Timers run before sockets are read: where the process was held up, the answer may already lie there.
  const wake = (line: Line): NodeJS.Immediate => setImmediate(() => pass(line));

  function pass(line: Line): void {
    if (lines.get(line.ms) !== line) return;
    const { ids, dues } = line;
    const now = performance.now();
    // The timer of the system may be early by a fraction of a millisecond.
    while (line.first < ids.length && (dues[line.first] ?? 0) <= now + 1) expired(ids[line.first++] ?? 0);
    if (lines.get(line.ms) !== line) return;
    if (line.first === ids.length) {
      lines.delete(line.ms);
      return;
    }
    if (line.first >= COMPACT_AT) {
      ids.splice(0, line.first);
      dues.splice(0, line.first);
      line.first = 0;
    }
    line.timer = setTimeout(() => wake(line), Math.max(1, (dues[line.first] ?? 0) - now));
  }

  return {
    wait(id, ms) {
      const line = lines.get(ms) ?? open(ms);
      line.ids.push(id);
      line.dues.push(performance.now() + ms);
    },
    clear() {
      for (const { timer } of lines.values()) clearTimeout(timer);
      lines.clear();
    },
  };
}
