import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of maintenance, wherever it is shown or announced, with those of the whole web. */
export const useMaintenanceTexts = textsBeside('m', { id, en });
