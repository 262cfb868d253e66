import { Type } from 'typebox';

/** A telephone number as people write it; a leading 0 is of Indonesia. */
export const PhoneText = Type.String({ pattern: '^\\+?[0-9][0-9 ().-]{6,22}$', maxLength: 24 });

/**
 * Digits of a number with its country, without a plus: `0812-3456-7890` is `6281234567890`.
 * @returns null for what is no number (E.164: at most 15 digits)
 */
export function internationalDigits(text: string): string | null {
  if (!/^\+?[0-9][0-9 ().-]*$/.test(text.trim())) return null;
  const digits = text.replace(/\D/g, '');
  const whole = text.trim().startsWith('+')
    ? digits
    : digits.startsWith('00')
      ? digits.slice(2)
      : digits.startsWith('0')
        ? `62${digits.slice(1)}`
        : digits;
  return /^[1-9]\d{7,14}$/.test(whole) ? whole : null;
}
