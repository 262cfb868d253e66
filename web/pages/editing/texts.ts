import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of the screens that change the inventory, with those of the whole web. */
export const useEditTexts = textsBeside('e', { id, en });
