import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { type AgencyDictionary, id } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', AgencyDictionary>> = { id, en };

/** Texts of an agency's screen, with those of the whole web. */
export function useAgencyTexts() {
  const texts = useTexts();
  return { ...texts, a: WORDS[texts.language] };
}
