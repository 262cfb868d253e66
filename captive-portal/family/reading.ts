import { isIP } from 'node:net';

/** What a family reads out of a query is short, whatever was sent. */
const LONGEST_URL = 300;
const LONGEST_WORDS = 160;

export const ipOf = (text: string | null): string | null =>
  text !== null && text.length <= 45 && isIP(text) !== 0 ? text : null;

/** Where a person wanted to go, as text to show: http and https only, without what follows the path. */
export function originUrlOf(text: string | null): string | null {
  if (text === null || text === '' || text.length > 4_096 || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  return `${url.protocol}//${url.host}${url.pathname}`.slice(0, LONGEST_URL);
}

/** A gateway's own words for a refusal: one line without signs that control anything; null where it said none. */
export function wordsOf(text: string | null): string | null {
  if (text === null) return null;
  const line = text
    .slice(0, LONGEST_WORDS * 4)
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_WORDS);
  return line === '' ? null : line;
}

/** Percent decoding to octets: a gateway's values need not be text (a CHAP challenge). A stray percent sign stays. */
export function octetsOf(escaped: string): Buffer {
  const parts = escaped.replaceAll('+', ' ').split(/(%[0-9A-Fa-f]{2})/);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part, 'utf8'))),
  );
}

/** The first value of a name in a query, as it was sent; null where it is not there. */
export function rawValueOf(rawQuery: string, name: string): string | null {
  const pair = rawQuery.split('&').find((part) => part.startsWith(`${name}=`));
  return pair === undefined ? null : pair.slice(name.length + 1);
}
