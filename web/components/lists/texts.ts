import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of what all lists share, with those of the whole web. */
export const useListTexts = textsBeside('l', { id, en });
