import type { Language } from '../../i18n/format.ts';

/** A figure of a form with a comma or a dot; null where it is empty or none. */
export function figureOf(text: FormDataEntryValue | null): number | null {
  const plain = String(text ?? '')
    .trim()
    .replace(',', '.');
  const value = plain === '' ? Number.NaN : Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** A figure as a field takes it back: with the comma of the language, without separators. */
export const fieldText = (value: number | null, language: Language): string =>
  value === null ? '' : language === 'id' ? String(value).replace('.', ',') : String(value);
