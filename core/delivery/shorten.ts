/** Length of a text as the channel counts it. */
export type Measure = (text: string) => number;

const utf16: Measure = (text) => text.length;
const SEGMENTS = new Intl.Segmenter('id', { granularity: 'grapheme' });

/**
 * A text no longer than the limit, cut at the end of a word where one is near and never inside a character.
 * @param mark what stands for the rest
 */
export function shorten(text: string, limit: number, mark = '…', measure: Measure = utf16): string {
  if (measure(text) <= limit) return text;
  const room = limit - measure(mark);
  let kept = '';
  let length = 0;
  for (const { segment } of SEGMENTS.segment(text)) {
    length += measure(segment);
    if (length > room) break;
    kept += segment;
  }
  const lastBreak = kept.search(/\s\S*$/);
  const atWord = lastBreak > kept.length * 0.7 ? kept.slice(0, lastBreak) : kept;
  return room < 0 ? '' : `${atWord.trimEnd()}${mark}`;
}

/** Text and link within the limit: the text gives way. A link that alone is too long is left out. */
export function withLink(
  text: string,
  link: string | undefined,
  limit: number,
  { mark = '…', measure = utf16, between = '\n' }: { mark?: string; measure?: Measure; between?: string } = {},
): string {
  if (link === undefined) return shorten(text, limit, mark, measure);
  const tail = `${between}${link}`;
  const room = limit - measure(tail);
  return room < 0 ? shorten(text, limit, mark, measure) : `${shorten(text, room, mark, measure)}${tail}`;
}
