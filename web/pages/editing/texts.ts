import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { type EditDictionary, id } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', EditDictionary>> = { id, en };

/** Texts of the screens that change the inventory, with those of the whole web. */
export function useEditTexts() {
  const texts = useTexts();
  return { ...texts, e: WORDS[texts.language] };
}
