import type { Language } from '../../i18n/format.ts';

type Words = {
  readonly undo: string;
  readonly undone: string;
  readonly conflict: string;
  readonly failed: string;
};

/** Texts of the bar, which stands over every screen. */
export const WORDS: Readonly<Record<Language, Words>> = {
  id: {
    undo: 'Urungkan',
    undone: 'Sudah diurungkan.',
    conflict: 'Tidak diurungkan: sesudah itu sudah ada yang mengubahnya lagi.',
    failed: 'Tidak dapat diurungkan.',
  },
  en: {
    undo: 'Undo',
    undone: 'Undone.',
    conflict: 'Not undone: somebody changed it again after that.',
    failed: 'It could not be undone.',
  },
};
