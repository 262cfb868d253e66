import type { Refusal } from '../../core/domain/portal/grant.ts';
import { en } from './words/en.ts';
import { id } from './words/id.ts';

export type Language = 'id' | 'en';

/** What the page says, by language: Indonesian is the form that English fills. */
export type Words = typeof id;

const WORDS: Readonly<Record<Language, Words>> = { id, en };

export const wordsOf = (language: Language): Words => WORDS[language];

/** Indonesian for whatever is not asked in English. */
export const languageOf = (asked: unknown): Language => (asked === 'en' ? 'en' : 'id');

/** What happened and what to do about it, as two sentences at most. */
export const refusalText = (
  language: Language,
  refusal: Refusal,
  detail: { readonly opensAt?: number | undefined; readonly retryAfterMs?: number | undefined } = {},
): string => {
  const said = wordsOf(language).refusals[refusal];
  return typeof said === 'string' ? said : said(detail);
};

/** Minutes since midnight as they are read: `06.00`, in English `06:00`. */
export const minuteText = (minute: number, language: Language): string => {
  const pair = (value: number): string => String(value).padStart(2, '0');
  return `${pair(Math.floor(minute / 60))}${language === 'id' ? '.' : ':'}${pair(minute % 60)}`;
};
