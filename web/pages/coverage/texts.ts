import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { type CoverageDictionary, id } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', CoverageDictionary>> = { id, en };

/** Texts of the planner's screens, with those of the whole web. */
export function useCoverageTexts() {
  const texts = useTexts();
  return { ...texts, c: WORDS[texts.language] };
}
