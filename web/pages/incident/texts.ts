import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of the page of one incident, with those of the whole web. */
export const useIncidentTexts = textsBeside('i', { id, en });
