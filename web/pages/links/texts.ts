import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of the list of links, with those of the whole web. */
export const useLinksTexts = textsBeside('p', { id, en });
