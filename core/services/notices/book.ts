import type { Shift, Substitution } from '../../contract/duty.ts';
import type { NoticePolicy } from '../../contract/notice-policies.ts';
import type { RecipientRole } from '../../domain/duty.ts';
import { covers, isRegionCode, type RegionCode, regionLevel } from '../../domain/region.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import type { Reachable } from '../../stores/inventory/recipients.ts';
import type { Sql } from '../../stores/inventory/sql.ts';

/** Who can be told, as it is set up now. */
export type NoticeBook = {
  readonly people: ReadonlyMap<string, Reachable>;
  readonly byRole: ReadonlyMap<RecipientRole, readonly Reachable[]>;
  /** Officers of one site, and those of a whole village. */
  readonly officersBySite: ReadonlyMap<string, readonly Reachable[]>;
  readonly officersByVillage: ReadonlyMap<RegionCode, readonly Reachable[]>;
  readonly shifts: readonly Shift[];
  readonly substitutions: readonly Substitution[];
};

export type BookSources = Pick<Inventory, 'noticePolicies' | 'recipients' | 'duty'>;

/** Largest regions first; those that are switched off are left out. */
export const readPolicies = async (
  { noticePolicies }: Pick<BookSources, 'noticePolicies'>,
  within?: Sql,
): Promise<readonly NoticePolicy[]> => (await noticePolicies.list('', within)).filter(({ enabled }) => enabled);

export async function readBook(
  { recipients, duty }: Pick<BookSources, 'recipients' | 'duty'>,
  at: number,
  within?: Sql,
): Promise<NoticeBook> {
  // One after the other: within a transaction there is one connection.
  const people = await recipients.reachable(within);
  const shifts = await duty.shifts('', within);
  const substitutions = await duty.substitutions(at, '', within);
  const officers = people.filter(({ role }) => role === 'officer');
  return {
    people: new Map(people.map((one) => [one.id, one])),
    byRole: groupedBy(people, ({ role }) => role),
    officersBySite: groupedBy(officers, ({ siteId }) => siteId),
    officersByVillage: groupedBy(officers, (one) => (one.siteId === null ? villageOf(one) : null)),
    shifts,
    substitutions,
  };
}

/** The village of an officer; null where they are of none. */
export function villageOf({ siteRegion, regionCode }: Pick<Reachable, 'siteRegion' | 'regionCode'>): RegionCode | null {
  const code = siteRegion ?? regionCode;
  return isRegionCode(code) && regionLevel(code) === 'village' ? code : null;
}

function groupedBy<Key, One>(all: readonly One[], keyOf: (one: One) => Key | null): ReadonlyMap<Key, readonly One[]> {
  const groups = new Map<Key, One[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

/** Where an incident is, as far as it decides who is told. */
export type Where = {
  readonly regionCode: RegionCode | '';
  /** All that it takes down. */
  readonly regionCodes: readonly RegionCode[];
};

/**
 * Policies that hold for an incident: the nearest around all of it, and those inside it that it reaches, so that a
 * trunk of the province is told in every regency that has something to say of its own.
 */
export function policiesFor<Policy extends Pick<NoticePolicy, 'regionCode'>>(
  policies: readonly Policy[],
  { regionCode, regionCodes }: Where,
): readonly Policy[] {
  const around = policies
    .filter((policy) => covers(policy.regionCode, regionCode))
    .reduce<Policy | null>(
      (nearest, policy) =>
        nearest === null || policy.regionCode.length > nearest.regionCode.length ? policy : nearest,
      null,
    );
  const inside = policies.filter(
    (policy) =>
      policy.regionCode !== regionCode &&
      covers(regionCode, policy.regionCode) &&
      regionCodes.some((code) => covers(policy.regionCode, code)),
  );
  return around === null ? inside : [around, ...inside.filter((policy) => policy !== around)];
}
