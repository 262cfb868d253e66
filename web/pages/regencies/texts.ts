import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of the table of regencies, with those of the whole web. */
export const useRegenciesTexts = textsBeside('r', { id, en });
