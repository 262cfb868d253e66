import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of an agency's screen, with those of the whole web. */
export const useAgencyTexts = textsBeside('a', { id, en });
