/**
 * An Indonesian mobile number, as `+62812…` (E.164); the country may stand in front as 0, 62, +62 or 0062, or be
 * missing. Everything else is no number here: calls and texts to other countries, to premium services (0809) and to
 * satellite telephones (086) are what fraud with codes lives on.
 * @returns null for what is none
 */
export function indonesianMobile(text: string): string | null {
  if (text.length > 40 || !/^[+\d\s().\u2010-\u2015-]+$/u.test(text)) return null;
  const isInternational = /^\s*\+/.test(text);
  if (text.lastIndexOf('+') > text.indexOf('+')) return null;
  const digits = text.replace(/\D/g, '');
  const national = isInternational ? afterCountry(digits) : withoutPrefix(digits);
  return national !== null && MOBILE.test(national) ? `+62${national}` : null;
}

/** 9 to 12 digits behind the country; after the 8 comes the operator's. */
const MOBILE = /^8[1235789]\d{7,10}$/;

function withoutPrefix(digits: string): string | null {
  if (digits.startsWith('0062')) return afterCountry(digits.slice(2));
  if (digits.startsWith('00')) return null;
  if (digits.startsWith('0')) return digits.slice(1);
  return digits.startsWith('62') ? afterCountry(digits) : digits;
}

/** People write +62 0812 as well. */
const afterCountry = (digits: string): string | null =>
  digits.startsWith('62') ? digits.slice(2).replace(/^0/, '') : null;
