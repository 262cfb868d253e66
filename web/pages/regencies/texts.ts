import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type RegenciesDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', RegenciesDictionary>> = { id, en };

/** Texts of the table of regencies, with those of the whole web. */
export function useRegenciesTexts() {
  const texts = useTexts();
  return { ...texts, r: WORDS[texts.language] };
}
