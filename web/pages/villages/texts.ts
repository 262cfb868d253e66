import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of the list of villages, with those of the whole web. */
export const useVillagesTexts = textsBeside('p', { id, en });
