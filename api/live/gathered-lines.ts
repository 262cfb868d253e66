import type { Line } from './hub.ts';

/** What comes within this time of the last write goes out together: a storm is five writes a second a client. */
const GATHER_MS = 200;
/** Different texts remembered within one round: those of so many regions are made once, others once a line. */
const MOST_TEXTS = 16;

/** Where bytes go that may be shared with other lines. */
export type ByteLine = Pick<Line, 'end'> & { write(bytes: Buffer): boolean };

type Gathered = { waiting: string[]; length: number; isKept: boolean; readonly line: ByteLine };

/**
 * Makes lines whose writes are few and made together: what the same events are to many lines is put together once for
 * all of them. 500 changes a second to 500 clients would else be a quarter of a million writes a second. The first write
 * after a pause goes at once.
 * @param most characters that may wait here for the next write of a line
 */
export function gatheredLines(most: number, gatherMs = GATHER_MS): (line: ByteLine) => Line {
  /** Those that wrote within the last round. */
  const busy = new Set<Gathered>();
  let goesRound = false;

  function round(): void {
    const bytesOf = sharedBytes();
    for (const gathered of busy) {
      if (gathered.waiting.length === 0) busy.delete(gathered);
      else flush(gathered, bytesOf);
    }
    goesRound = busy.size > 0;
    if (goesRound) setTimeout(round, gatherMs);
  }

  return (line) => {
    const gathered: Gathered = { waiting: [], length: 0, isKept: true, line };
    return {
      write(text) {
        gathered.waiting.push(text);
        gathered.length += text.length;
        if (!busy.has(gathered)) {
          busy.add(gathered);
          flush(gathered, toBytes);
          if (!goesRound) setTimeout(round, gatherMs);
          goesRound = true;
        }
        return gathered.isKept && gathered.length <= most;
      },
      end() {
        busy.delete(gathered);
        gathered.waiting = [];
        line.end();
      },
    };
  };
}

function flush(gathered: Gathered, bytesOf: (texts: readonly string[]) => Buffer): void {
  const { waiting, line } = gathered;
  gathered.waiting = [];
  gathered.length = 0;
  gathered.isKept = line.write(bytesOf(waiting));
}

const toBytes = (texts: readonly string[]): Buffer => Buffer.from(texts.join(''));

/** The same bytes for the very same texts in the same order. */
function sharedBytes(): (texts: readonly string[]) => Buffer {
  const known: { readonly texts: readonly string[]; readonly bytes: Buffer }[] = [];
  return (texts) => {
    const found = known.find((one) => one.texts.length === texts.length && one.texts.every((t, at) => t === texts[at]));
    if (found !== undefined) return found.bytes;
    const bytes = toBytes(texts);
    if (known.length < MOST_TEXTS) known.push({ texts, bytes });
    return bytes;
  };
}
