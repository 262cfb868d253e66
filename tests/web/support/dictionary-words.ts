import type { Language } from '../../../web/i18n/format.ts';

const FILES = {
  ...import.meta.glob<Readonly<Record<string, object>>>('../../../web/**/{words,i18n}/{id,en}.ts', { eager: true }),
  ...import.meta.glob<Readonly<Record<string, object>>>(
    '../../../{api/officer/texts,captive-portal/pages/words}/{id,en}.ts',
    { eager: true },
  ),
};
const FILE = /^(?<folder>.*)\/id\.ts$/;

/** Every folder of words, with what its two files export by the name of the language. */
export const DICTIONARIES = Object.entries(FILES).flatMap(([path, { id }]) => {
  const folder = FILE.exec(path)?.groups?.['folder'];
  return folder === undefined
    ? []
    : [{ folder: folder.replace(/^(\.\.\/)+/, ''), id, en: FILES[`${folder}/en.ts`]?.['en'] }];
});

/** Shorter ones are units, abbreviations, or stand in both languages. */
const WORD = /\p{L}{3,}/gu;
export const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(WORD) ?? [];

/** A text that is made of others is a function: its words stand in its source, beside names that both languages use. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string' || typeof value === 'function') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};
const allWords = (language: Language): ReadonlySet<string> =>
  new Set(DICTIONARIES.flatMap((dictionary) => textsIn(dictionary[language])).flatMap(wordsOf));

const WORDS = { id: allWords('id'), en: allWords('en') } as const;

/** Words of a text that only the other language's dictionaries have, data aside. */
export function strangeWords(text: string, language: Language, data: ReadonlySet<string>): readonly string[] {
  const [own, other] = language === 'id' ? [WORDS.id, WORDS.en] : [WORDS.en, WORDS.id];
  return wordsOf(text).filter((word) => other.has(word) && !own.has(word) && !data.has(word));
}
