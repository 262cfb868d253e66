import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { type ExperienceDictionary, id } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', ExperienceDictionary>> = { id, en };

/** Texts of the speed of screens, with those of the whole web. */
export function useExperienceTexts() {
  const texts = useTexts();
  return { ...texts, x: WORDS[texts.language] };
}
