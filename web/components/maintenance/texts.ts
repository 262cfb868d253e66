import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type MaintenanceDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', MaintenanceDictionary>> = { id, en };

/** Texts of maintenance, wherever it is shown or announced, with those of the whole web. */
export function useMaintenanceTexts() {
  const texts = useTexts();
  return { ...texts, m: WORDS[texts.language] };
}
