import { Type } from 'typebox';
import { DAY } from '../../core/domain/clock.ts';
import { dayEnd } from '../../core/domain/portal/day.ts';
import { zoneOf } from '../../core/domain/zone.ts';
import type { Entering } from '../method.ts';

/** Days that a device enters again without a page, today being the first; 0 = it sees the page each time. */
export const ReentryDays = Type.Optional(Type.Integer({ minimum: 0, maximum: 30 }));

/** Midnight of the place's zone at which a device's way back in ends, UTC ms; null = there is none. */
export function reentryUntil({ settings, site }: Pick<Entering, 'settings' | 'site'>, now: number): number | null {
  const days = settings['reentryDays'] ?? 1;
  if (typeof days !== 'number' || days < 1) return null;
  return dayEnd(now, zoneOf(site.regionCode)) + (days - 1) * DAY;
}
