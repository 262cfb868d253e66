import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { type AccountsDictionary, id } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', AccountsDictionary>> = { id, en };

/** Texts of these screens, with those of the whole web. */
export function useAccountsTexts() {
  const texts = useTexts();
  return { ...texts, a: WORDS[texts.language] };
}
