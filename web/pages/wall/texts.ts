import { zoneOf } from '../../../core/domain/zone.ts';
import { en as allEn } from '../../i18n/en.ts';
import { createFormat, type Language } from '../../i18n/format.ts';
import { id as allId } from '../../i18n/id.ts';
import { textsBeside } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { id, type WallDictionary } from './words/id.ts';

const WORDS: Readonly<Record<Language, WallDictionary>> = { id, en };

/** Texts of the screens about walls, in the language of their reader. */
export const useWallTexts = textsBeside('w', WORDS);

export type WallTexts = ReturnType<typeof wallTexts>;

/** Texts of a wall itself: its language and its province's clock are its own. */
export function wallTexts(language: Language, regionCode: string) {
  const t = language === 'en' ? allEn : allId;
  return { t, f: createFormat(language, zoneOf(regionCode), t), w: WORDS[language] };
}
