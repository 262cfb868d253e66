import type { Line } from './hub.ts';

/** What comes within this time of the last write goes out together: a storm is ten writes a second a client. */
const GATHER_MS = 100;

/**
 * A line whose writes are few. The first after a pause goes at once; 500 changes a second to 500 clients would else be
 * a quarter of a million writes a second.
 * @param most characters that may wait here for the next write
 */
export function gatheredLine(line: Line, most: number): Line {
  let waiting: string[] = [];
  let length = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isKept = true;

  function flush(): void {
    timer = undefined;
    if (waiting.length === 0) return;
    const text = waiting.join('');
    waiting = [];
    length = 0;
    isKept = line.write(text);
    timer = setTimeout(flush, GATHER_MS);
  }

  return {
    write(text) {
      waiting.push(text);
      length += text.length;
      if (timer === undefined) flush();
      return isKept && length <= most;
    },
    end() {
      clearTimeout(timer);
      waiting = [];
      line.end();
    },
  };
}
