import type { DutyRoster } from '../../contract/duty.ts';
import { dutySpans, type OnDuty, onDuty, RECIPIENT_ROLES } from '../../domain/duty.ts';
import type { Interval } from '../../domain/intervals.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';

/** Who is on duty for a region now and in a range, by role; roles that nobody has a shift in are left out. */
export async function dutyRoster(
  { duty, recipients }: Pick<Inventory, 'duty' | 'recipients'>,
  { regionCode, at, range }: { readonly regionCode: RegionCode | ''; readonly at: number; readonly range: Interval },
): Promise<DutyRoster[]> {
  const shifts = await duty.shifts();
  const substitutions = await duty.substitutions(Math.min(at, range.from));
  const people = new Map((await recipients.reachable()).map((one) => [one.id, one]));
  const names = new Map(shifts.map(({ recipientId, recipientName }) => [recipientId, recipientName]));
  for (const { substituteId, substituteName } of substitutions) {
    if (substituteId !== null) names.set(substituteId, substituteName ?? '');
  }
  const shown = ({ recipientId, insteadOf }: OnDuty) => ({
    recipientId,
    name: names.get(recipientId) ?? '',
    insteadOf: insteadOf === null ? null : (names.get(insteadOf) ?? ''),
    isReachable: (people.get(recipientId)?.addresses.length ?? 0) > 0,
  });
  return RECIPIENT_ROLES.filter((role) => shifts.some((shift) => shift.role === role)).map((role) => {
    const wanted = { regionCode, role };
    return {
      role,
      now: onDuty({ shifts, substitutions }, { ...wanted, at }).map(shown),
      spans: dutySpans({ shifts, substitutions }, wanted, range).map(({ people: there, ...time }) => ({
        ...time,
        people: there.map(shown),
      })),
    };
  });
}
