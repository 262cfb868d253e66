import type { ProbeReading } from '../profile.ts';
import type { BadReading } from '../snmp/bad-reading.ts';
import type { GroupContext, ReadingGroup } from './group.ts';
import type { Ask } from './menu.ts';
import { costOf } from './tolerate.ts';

/** Groups that are asked for side by side: over a satellite each question costs more than half a second. */
const LANES = 8;
/** A router that is too slow for so many groups is asked no more of them in this round. */
const MAX_SLOW = 2;

/**
 * Reads groups, by their ids. A group that cannot be read costs itself.
 * @throws ProbeError where the router itself is lost
 */
export async function readGroups(
  groups: readonly (readonly [string, ReadingGroup])[],
  ask: Ask,
  context: GroupContext,
  count: (reason: BadReading) => void,
): Promise<ReadonlyMap<string, readonly ProbeReading[]>> {
  const found = new Map<string, readonly ProbeReading[]>();
  const waiting = [...groups];
  let slow = 0;

  async function lane(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined && slow < MAX_SLOW; next = waiting.shift()) {
      const [id, group] = next;
      try {
        found.set(id, await group.read(ask, context));
      } catch (error) {
        const reason = costOf(error);
        if (reason === null) {
          waiting.length = 0;
          throw error;
        }
        count(reason);
        if (reason === 'walk-too-slow') slow++;
      }
    }
  }

  await Promise.all(Array.from({ length: LANES }, lane));
  // In the order of the groups, however their answers came.
  return new Map(groups.flatMap(([id]) => [[id, found.get(id) ?? []] as const]));
}
