import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of these screens, with those of the whole web. */
export const useSignInTexts = textsBeside('s', { id, en });
