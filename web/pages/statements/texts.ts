import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of the screens of availability by contract, with those of the whole web. */
export const useStatementTexts = textsBeside('s', { id, en });
