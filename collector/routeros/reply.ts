/** What the router says of a row or of the end of a command, by key. */
export type Attributes = ReadonlyMap<string, string>;
/** A row of a table, or what a command found. */
export type Row = Attributes;

export type Reply = {
  /** `other` is a word of a RouterOS newer than this. */
  readonly kind: 're' | 'done' | 'trap' | 'empty' | 'fatal' | 'other';
  /** Of the command it answers; null where the router names none. */
  readonly tag: string | null;
  readonly attributes: Attributes;
  /** Words that are no attributes, such as the reason of `!fatal`. */
  readonly bare: readonly string[];
  /** Characters of all words. */
  readonly size: number;
};

const KINDS: Readonly<Record<string, Reply['kind']>> = {
  '!re': 're',
  '!done': 'done',
  '!trap': 'trap',
  '!empty': 'empty',
  '!fatal': 'fatal',
};
const TAG = '.tag=';

/** Attributes and tag may come in any order. */
export function readReply([first = '', ...words]: readonly string[]): Reply {
  const attributes = new Map<string, string>();
  const bare: string[] = [];
  let tag: string | null = null;
  let size = first.length;
  for (const word of words) {
    size += word.length;
    if (word.startsWith(TAG)) tag = word.slice(TAG.length);
    else if (word.startsWith('=')) {
      const end = word.indexOf('=', 1);
      if (end < 0) attributes.set(word.slice(1), '');
      else attributes.set(word.slice(1, end), word.slice(end + 1));
    } else bare.push(word);
  }
  return { kind: Object.hasOwn(KINDS, first) ? (KINDS[first] ?? 'other') : 'other', tag, attributes, bare, size };
}
