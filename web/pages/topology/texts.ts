import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type TopologyDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', TopologyDictionary>> = { id, en };

/** Texts of the topology, with those of the whole web. */
export function useTopologyTexts() {
  const texts = useTexts();
  return { ...texts, p: WORDS[texts.language] };
}
