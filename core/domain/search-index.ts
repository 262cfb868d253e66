import { isOneLetterApart, searchWords } from './search-text.ts';

/** A thing to be found by the words of its fields. */
export type Findable = {
  readonly id: string;
  readonly name: string;
  readonly regionCode: string;
  /** By the field's name: what it says; a null is left out. */
  readonly fields: Readonly<Record<string, string | null>>;
  /** Before others that match as well: the smaller, the earlier. */
  readonly order: number;
};

export type Found<T extends Findable> = {
  readonly thing: T;
  /** Field by which it was found. */
  readonly field: string;
};

/** How the words of a question may stand to those of a thing. */
export type Nearness = 'begins' | 'within' | 'one-letter';

/** Things that are taken in at a stretch, before other work has its turn. */
const AT_A_STRETCH = 2_000;

const digitsOf = (field: string, text: string): readonly string[] =>
  field === 'mac' ? [text.replaceAll(':', '').toLowerCase()] : searchWords(text);

const wordsOf = ({ fields }: Findable): ReadonlySet<string> => {
  const words = new Set<string>();
  for (const [field, text] of Object.entries(fields))
    if (text !== null) for (const word of digitsOf(field, text)) words.add(word);
  return words;
};

export type SearchIndex<T extends Findable> = {
  readonly size: number;
  /** Those that have all words and of which `accepts` holds, the likeliest first. */
  find(asked: {
    readonly text: string;
    readonly words: readonly string[];
    readonly nearness: Nearness;
    readonly limit: number;
    readonly accepts: (thing: T) => boolean;
  }): Found<T>[];
};

/**
 * Words of things, in memory, in order: a beginning is found by halving, and what is one letter apart by walking over
 * every word there is. 100,000 things take some 40 MB.
 * @param pause lets others work while it is made
 */
export async function searchIndex<T extends Findable>(
  things: readonly T[],
  pause: () => Promise<void>,
): Promise<SearchIndex<T>> {
  const postings = new Map<string, number[]>();
  for (const [at, thing] of things.entries()) {
    if (at % AT_A_STRETCH === AT_A_STRETCH - 1) await pause();
    for (const word of wordsOf(thing)) {
      const known = postings.get(word);
      if (known === undefined) postings.set(word, [at]);
      else known.push(at);
    }
  }
  await pause();
  const vocabulary = [...postings.keys()].sort();
  await pause();

  /** First word that is not before the text. */
  function firstFrom(text: string): number {
    let [low, high] = [0, vocabulary.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((vocabulary[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function* like(word: string, nearness: Nearness, isWhole: boolean): Generator<string> {
    if (nearness === 'begins') {
      for (let at = firstFrom(word); vocabulary[at]?.startsWith(word) === true; at++) {
        const known = vocabulary[at] ?? '';
        if (isWhole && known !== word) return;
        yield known;
      }
      return;
    }
    for (const known of vocabulary) {
      if (nearness === 'within' ? known.includes(word) : isNear(known, word)) yield known;
    }
  }

  return {
    size: things.length,
    find({ text, words, nearness, limit, accepts }) {
      if (words.length === 0 || things.length === 0) return [];
      /** How many of the words each thing has so far. */
      const has = new Uint8Array(things.length);
      let last: number[] = [];
      for (const [at, word] of words.entries()) {
        last = [];
        // `1` begins a tenth of all codes: a number with something after it is meant whole.
        const isWhole = at < words.length - 1 && /^\d+$/.test(word);
        for (const known of like(word, nearness, isWhole)) {
          for (const thing of postings.get(known) ?? []) {
            if (has[thing] !== at) continue;
            has[thing] = at + 1;
            last.push(thing);
          }
        }
      }
      const asked = text.trim().toLowerCase();
      const best: { thing: T; rank: number }[] = [];
      for (const at of last) {
        const thing = things[at];
        if (thing === undefined || !accepts(thing)) continue;
        const found = { thing, rank: rankOf(thing, asked) };
        const worst = best[limit - 1];
        if (worst !== undefined && isBefore(worst, found)) continue;
        let place = best.length;
        while (place > 0 && isBefore(found, best[place - 1] ?? found)) place -= 1;
        best.splice(place, 0, found);
        if (best.length > limit) best.pop();
      }
      return best.map(({ thing }) => ({ thing, field: fieldOf(thing, words, asked) }));
    },
  };
}

/** One letter apart from the word, or from its beginning as far as it was typed. */
const isNear = (known: string, word: string): boolean =>
  word.length >= 4 &&
  known.length >= word.length - 1 &&
  (isOneLetterApart(known.slice(0, word.length + 1), word) || isOneLetterApart(known.slice(0, word.length), word));

/** 0 = just that, 1 = begins so, 2 = one of its words begins so. */
function rankOf({ fields }: Findable, asked: string): number {
  let rank = 2;
  for (const text of Object.values(fields)) {
    if (text === null) continue;
    const lower = text.toLowerCase();
    if (lower === asked) return 0;
    if (lower.startsWith(asked)) rank = 1;
  }
  return rank;
}

type Ranked = { readonly thing: Findable; readonly rank: number };

function isBefore(a: Ranked, b: Ranked): boolean {
  if (a.rank !== b.rank) return a.rank < b.rank;
  if (a.thing.order !== b.thing.order) return a.thing.order < b.thing.order;
  if (a.thing.name.length !== b.thing.name.length) return a.thing.name.length < b.thing.name.length;
  if (a.thing.name !== b.thing.name) return a.thing.name < b.thing.name;
  return a.thing.id < b.thing.id;
}

/** The field that has most of the words, by preference one that says just that. */
function fieldOf({ fields }: Findable, words: readonly string[], asked: string): string {
  let best = { field: 'name', score: 0 };
  for (const [field, text] of Object.entries(fields)) {
    if (text === null) continue;
    const own = digitsOf(field, text);
    const score =
      words.filter((word) => own.some((known) => known.startsWith(word))).length * 2 +
      (text.toLowerCase() === asked ? 1 : 0);
    if (score > best.score) best = { field, score };
  }
  return best.field;
}
