import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type SignInDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', SignInDictionary>> = { id, en };

/** Texts of these screens, with those of the whole web. */
export function useSignInTexts() {
  const texts = useTexts();
  return { ...texts, s: WORDS[texts.language] };
}
