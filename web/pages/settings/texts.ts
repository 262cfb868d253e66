import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type SettingsDictionary } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', SettingsDictionary>> = { id, en };

/** Texts of the settings, with those of the whole web. */
export function useSettingsTexts() {
  const texts = useTexts();
  return { ...texts, s: WORDS[texts.language] };
}
