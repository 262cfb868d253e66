import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type VillagesDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', VillagesDictionary>> = { id, en };

/** Texts of the list of villages, with those of the whole web. */
export function useVillagesTexts() {
  const texts = useTexts();
  return { ...texts, p: WORDS[texts.language] };
}
