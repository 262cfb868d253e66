import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of the portal's screens, with those of the whole web. */
export const usePortalTexts = textsBeside('p', { id, en });
