import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type TargetDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', TargetDictionary>> = { id, en };

/** Texts of what something is for: devices, sites, regions, with those of the whole web. */
export function useTargetTexts() {
  const texts = useTexts();
  return { ...texts, g: WORDS[texts.language] };
}
