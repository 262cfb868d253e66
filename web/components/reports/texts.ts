import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type ReportWords } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', ReportWords>> = { id, en };

/** Texts of reports, with those of the whole web. */
export function useReportTexts() {
  const texts = useTexts();
  return { ...texts, r: WORDS[texts.language] };
}
