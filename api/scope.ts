import type { Role } from '../core/contract/contract.ts';
import { AppError } from '../core/domain/errors.ts';
import { type Grant, grantCovers, isAgencyGrant, NO_REGION, type Place } from '../core/domain/grant.ts';
import { covers, type RegionCode } from '../core/domain/region.ts';

/**
 * What the account of a request may see: the one rule of rights (`core/domain/grant.ts`) as handlers use it. A list is
 * narrowed to it, and a thing outside it is answered as if it did not exist. Whatever speaks of regions alone holds
 * nothing for an agency: what an agency may see is asked for by `within`, `admit` with a site, and `sees`.
 */
export type Scope = {
  readonly role: Role;
  /** What stores are narrowed by. */
  readonly holds: Grant;
  /** The region of it: empty = every region; of an agency a word that is no region. */
  readonly grant: RegionCode | '';
  covers(code: RegionCode): boolean;
  /** Whether something that stands there is seen. */
  sees(place: Place): boolean;
  /** The part of the region asked for that may be seen; null where that is nothing at all. */
  narrow(asked: RegionCode | undefined): RegionCode | '' | null;
  /** What a list of sites, devices, links, outages or incidents is narrowed to; null where that is nothing at all. */
  within(asked: ListAsked): Within | null;
  /**
   * @param siteId where it stands; by default what its `siteId` says
   * @throws AppError `not-found` where the thing is null or stands outside
   */
  admit<Thing extends { readonly regionCode: RegionCode; readonly siteId?: string | null }>(
    thing: Thing | null,
    siteId?: string | undefined,
  ): Thing;
  /** @throws AppError `not-found` for a region outside */
  admitRegion(code: RegionCode): void;
  /** @throws AppError `forbidden` unless the account holds for every region */
  requireEverywhere(): void;
};

type ListAsked = { readonly region?: RegionCode | undefined; readonly siteId?: string | undefined };
export type Within = { readonly region: RegionCode | ''; readonly siteId: string | undefined };

export function scopeOf(role: Role, holds: Grant): Scope {
  const agency = isAgencyGrant(holds) ? holds.agencySiteId : null;
  const grant = isAgencyGrant(holds) ? NO_REGION : holds;

  function narrow(asked: RegionCode | undefined): RegionCode | '' | null {
    if (agency !== null) return null;
    if (asked === undefined) return grant;
    if (covers(grant, asked)) return asked;
    return covers(asked, grant) ? grant : null;
  }

  return {
    role,
    holds,
    grant,
    covers: (code) => covers(grant, code),
    sees: (place) => grantCovers(holds, place),
    narrow,
    within(asked) {
      if (agency !== null) {
        const isOther = asked.region !== undefined || (asked.siteId ?? agency) !== agency;
        return isOther ? null : { region: '', siteId: agency };
      }
      const region = narrow(asked.region);
      return region === null ? null : { region, siteId: asked.siteId };
    },
    admit(thing, siteId) {
      if (
        thing === null ||
        !grantCovers(holds, { regionCode: thing.regionCode, siteId: siteId ?? thing.siteId ?? null })
      )
        throw new AppError('not-found', 'there is no such thing here');
      return thing;
    },
    admitRegion(code) {
      if (!covers(grant, code)) throw new AppError('not-found', 'there is no such region here');
    },
    requireEverywhere() {
      if (grant !== '') throw new AppError('forbidden', 'only an account for every region may do this');
    },
  };
}

/** What a list answers where nothing of the region asked for may be seen. */
export const emptyPage = <T>(asked: { readonly page?: number; readonly pageSize?: number }) => ({
  items: [] as T[],
  total: 0,
  page: asked.page ?? 1,
  pageSize: asked.pageSize ?? 100,
});
