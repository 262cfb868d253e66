import type { Month } from '../../../core/domain/zone.ts';
import type { Language } from '../../i18n/format.ts';

const LOCALES = { id: 'id-ID', en: 'en-GB' } as const satisfies Record<Language, string>;
/** Ten years: nobody looks further down a list. */
const MOST = 120;

const startOf = (month: Month): Date => new Date(`${month}-01T00:00:00Z`);

export const monthText = (month: Month, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    startOf(month),
  );

/** From the last to the first, with `also` where it lies outside. */
export function monthsBetween(first: Month, last: Month, also: Month): readonly Month[] {
  const months: Month[] = [];
  const date = startOf(last);
  while (months.length < MOST) {
    const month = date.toISOString().slice(0, 7);
    if (month < first) break;
    months.push(month);
    date.setUTCMonth(date.getUTCMonth() - 1);
  }
  return months.includes(also) ? months : [...months, also].toSorted().toReversed();
}
