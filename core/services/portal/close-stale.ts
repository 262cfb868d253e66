import { DAY, HOUR } from '../../domain/clock.ts';
import { dayOf, dayStart } from '../../domain/portal/day.ts';
import { INTERIM_SECONDS } from './authenticate.ts';
import type { PortalParts } from './portal-parts.ts';

/** Three records that did not come, and one more moment for those on their way. */
export const STALE_SECONDS = 3 * INTERIM_SECONDS + 30;
/** Nobody comes for a grant any more whose login has expired. */
const AWAITED_MS = HOUR;
/** Records of yesterday may come in late. */
const RECOUNT_MS = 6 * HOUR;

/**
 * What must be done now and then: closes sessions whose gateway fell silent, forgets grants that nobody came for, and
 * counts the devices of the day.
 * @returns how many sessions were closed
 */
export async function closeStale({ inventory, clock, zone }: Omit<PortalParts, 'keys'>): Promise<number> {
  const { sessions, awaited, days } = inventory.portal;
  const at = clock();
  const closed = await sessions.endStale(at, STALE_SECONDS);
  await awaited.forget(at - AWAITED_MS);
  for (const day of new Set([dayOf(at - RECOUNT_MS, zone), dayOf(at, zone)])) {
    const from = dayStart(day, zone);
    await days.countDevices(day, from, from + DAY);
  }
  return closed;
}
