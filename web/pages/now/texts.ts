import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type NowDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', NowDictionary>> = { id, en };

/** Texts of the start screen, with those of the whole web. */
export function useNowTexts() {
  const texts = useTexts();
  return { ...texts, n: WORDS[texts.language] };
}
