import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type StatementDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', StatementDictionary>> = { id, en };

/** Texts of the screens of availability by contract, with those of the whole web. */
export function useStatementTexts() {
  const texts = useTexts();
  return { ...texts, s: WORDS[texts.language] };
}
