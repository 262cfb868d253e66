import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { type IncidentDictionary, id } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', IncidentDictionary>> = { id, en };

/** Texts of the page of one incident, with those of the whole web. */
export function useIncidentTexts() {
  const texts = useTexts();
  return { ...texts, i: WORDS[texts.language] };
}
