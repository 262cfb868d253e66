import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of what something is for: devices, sites, regions, with those of the whole web. */
export const useTargetTexts = textsBeside('g', { id, en });
