import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of the device page, with those of the whole web. */
export const useDeviceTexts = textsBeside('d', { id, en });
