import { macOf } from './portal/mac.ts';

/** Words of more than this are no search. */
const MOST_WORDS = 8;

/** Lower case words of letters and digits, as `search_words` of the store has them. */
export const searchWords = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);

/** The digits of a MAC in any notation, or of its beginning where that has a separator: `aa:bb:cc`, `aabb.cc`. */
export function macDigits(text: string): string | null {
  const whole = macOf(text.trim());
  if (whole !== null) return whole.replaceAll(':', '');
  const lower = text.trim().toLowerCase();
  if (!/^[0-9a-f]{2}([:-][0-9a-f]{2}){1,4}[:-]?$/.test(lower) && !/^[0-9a-f]{4}\.[0-9a-f.]{1,8}$/.test(lower))
    return null;
  return lower.replace(/[^0-9a-f]/g, '');
}

/** Whether a word becomes the other by one letter: put in, left out, taken for another, or changed with its neighbour. */
export function isOneLetterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const [left, right] = [endA - from, endB - from];
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && a[from] === b[from + 1] && a[from + 1] === b[from];
}
