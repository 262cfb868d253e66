import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of the planner's screens, with those of the whole web. */
export const useCoverageTexts = textsBeside('c', { id, en });
