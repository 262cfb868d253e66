import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

/** Texts of the topology, with those of the whole web. */
export const useTopologyTexts = textsBeside('p', { id, en });
