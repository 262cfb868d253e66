import { dayOf, monthStartDay } from '../../domain/portal/day.ts';
import type { PortalParts } from './portal-parts.ts';

/**
 * Asks for the end of sessions whose person has used up a day or month. Each device of a person is granted what was left
 * when it came: where several are online, none of them knows what the others use.
 * @returns how many ends were asked for
 */
export async function endOverused({ inventory, clock, zone }: Omit<PortalParts, 'keys'>): Promise<number> {
  const { sessions } = inventory.portal;
  const at = clock();
  let asked = 0;
  for (const id of await sessions.overused(dayOf(at, zone), monthStartDay(at, zone))) {
    if ((await sessions.askEnd(id, at)) !== null) asked += 1;
  }
  return asked;
}
