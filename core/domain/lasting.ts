import { DAY, HOUR, MINUTE } from './clock.ts';

/** How to say a length of time: the words of each unit around a count, as a dictionary has them. */
export type LastingWords = {
  readonly lessThanMinute: string;
  readonly minute: (count: string) => string;
  readonly hour: (count: string) => string;
  readonly day: (count: string) => string;
};

/** At most two units, the larger first: `2 jam 10 menit`. @param number says a count */
export function lastingText(ms: number, words: LastingWords, number: (count: number) => string): string {
  if (ms < MINUTE) return words.lessThanMinute;
  const parts = [
    { text: words.day, count: Math.floor(ms / DAY) },
    { text: words.hour, count: Math.floor((ms % DAY) / HOUR) },
    { text: words.minute, count: Math.floor((ms % HOUR) / MINUTE) },
  ];
  const first = parts.findIndex(({ count }) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ text, count }) => text(number(count)))
    .join(' ');
}
