import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type LinksDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', LinksDictionary>> = { id, en };

/** Texts of the list of links, with those of the whole web. */
export function useLinksTexts() {
  const texts = useTexts();
  return { ...texts, p: WORDS[texts.language] };
}
