import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type PortalDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', PortalDictionary>> = { id, en };

/** Texts of the portal's screens, with those of the whole web. */
export function usePortalTexts() {
  const texts = useTexts();
  return { ...texts, p: WORDS[texts.language] };
}
