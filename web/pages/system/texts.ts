import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type SystemDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', SystemDictionary>> = { id, en };

/** Texts of the screen of Simpul itself, with those of the whole web. */
export function useSystemTexts() {
  const texts = useTexts();
  return { ...texts, s: WORDS[texts.language] };
}
