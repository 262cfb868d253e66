import { DAY, HOUR } from '../core/domain/clock.ts';

/** The spans of time that screens offer. */
export const RANGE_IDS = ['1h', '24h', '7d', '30d'] as const;
export type RangeId = (typeof RANGE_IDS)[number];

export const SPAN_MS: Readonly<Record<RangeId, number>> = { '1h': HOUR, '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY };
