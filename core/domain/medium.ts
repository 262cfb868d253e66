/** What a link is made of. */
export const MEDIA = ['fibre', 'radio', 'vsat', 'lte', 'copper'] as const;
export type Medium = (typeof MEDIA)[number];

/** Best first, as far as delay goes. */
const BY_DELAY: readonly Medium[] = ['fibre', 'copper', 'radio', 'lte', 'vsat'];

/** Of several ways side by side the one that is used while nothing is wrong; null where none is known. */
export const fastestOf = (media: readonly Medium[]): Medium | null =>
  BY_DELAY.find((medium) => media.includes(medium)) ?? null;

/** Of several stretches one after another the one that delays most; null where none is known. */
export const slowestOf = (media: readonly (Medium | null)[]): Medium | null =>
  BY_DELAY.findLast((medium) => media.includes(medium)) ?? null;
