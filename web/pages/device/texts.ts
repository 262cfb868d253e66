import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { type DeviceDictionary, id } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', DeviceDictionary>> = { id, en };

/** Texts of the device page, with those of the whole web. */
export function useDeviceTexts() {
  const texts = useTexts();
  return { ...texts, d: WORDS[texts.language] };
}
