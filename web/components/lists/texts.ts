import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type ListsDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', ListsDictionary>> = { id, en };

/** Texts of what all lists share, with those of the whole web. */
export function useListTexts() {
  const texts = useTexts();
  return { ...texts, l: WORDS[texts.language] };
}
