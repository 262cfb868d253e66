import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of the screen of Simpul itself, with those of the whole web. */
export const useSystemTexts = textsBeside('s', { id, en });
