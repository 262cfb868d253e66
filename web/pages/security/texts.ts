import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type SecurityDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', SecurityDictionary>> = { id, en };

/** Texts of these screens, with those of the whole web. */
export function useSecurityTexts() {
  const texts = useTexts();
  return { ...texts, s: WORDS[texts.language] };
}
