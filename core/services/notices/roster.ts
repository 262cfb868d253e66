import type { DutyRoster, Shift } from '../../contract/duty.ts';
import { dutySpans, type OnDuty, onDuty, RECIPIENT_ROLES } from '../../domain/duty.ts';
import type { Interval } from '../../domain/intervals.ts';
import { covers, type RegionCode } from '../../domain/region.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';

/**
 * Who is on duty now and in a range, by region and role: for the region itself, whoever holds it for a larger one, and
 * for each region inside that has shifts of its own. Roles that nobody has a shift in are left out.
 */
export async function dutyRoster(
  { duty, recipients, regions }: Pick<Inventory, 'duty' | 'recipients' | 'regions'>,
  { regionCode, at, range }: { readonly regionCode: RegionCode | ''; readonly at: number; readonly range: Interval },
): Promise<DutyRoster[]> {
  const all = await duty.shifts();
  const substitutions = await duty.substitutions(Math.min(at, range.from));
  const people = new Map((await recipients.reachable()).map((one) => [one.id, one]));
  const names = new Map(all.map(({ recipientId, recipientName }) => [recipientId, recipientName]));
  for (const { substituteId, substituteName } of substitutions) {
    if (substituteId !== null) names.set(substituteId, substituteName ?? '');
  }
  const shown = ({ recipientId, insteadOf }: OnDuty) => ({
    recipientId,
    name: names.get(recipientId) ?? '',
    insteadOf: insteadOf === null ? null : (names.get(insteadOf) ?? ''),
    isReachable: (people.get(recipientId)?.addresses.length ?? 0) > 0,
  });
  const inside = all.filter((shift) => covers(regionCode, shift.regionCode)).map((shift) => shift.regionCode);
  const rosters: DutyRoster[] = [];
  for (const code of [...new Set([regionCode, ...inside])].sort()) {
    const shifts = all.filter((shift) => covers(shift.regionCode, code));
    const isOwn = ({ regionCode: own }: Shift): boolean => own === code || code === regionCode;
    const roles = RECIPIENT_ROLES.filter((role) => shifts.some((shift) => shift.role === role && isOwn(shift)));
    const regionName = code === '' ? '' : ((await regions.get(code))?.name ?? code);
    for (const role of roles) {
      const wanted = { regionCode: code, role };
      rosters.push({
        regionCode: code,
        regionName,
        role,
        now: onDuty({ shifts, substitutions }, { ...wanted, at }).map(shown),
        spans: dutySpans({ shifts, substitutions }, wanted, range).map(({ people: there, ...time }) => ({
          ...time,
          people: there.map(shown),
        })),
      });
    }
  }
  return rosters;
}
