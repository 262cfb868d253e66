import { covers, type RegionCode } from './region.ts';

/**
 * What an account holds for: a region with everything below it (empty = every region), or one agency. The agency has
 * its site, the devices and services there, links with an end there, incidents that cut it, and statements of it.
 */
export type Grant = RegionCode | '' | { readonly agencySiteId: string };

/** A region that covers none and that none covers: for who holds for no region at all. */
export const NO_REGION = 'none';

/** Where something stands. A link stands at both of its ends, an incident wherever it takes something down. */
export type Place = { readonly regionCode: RegionCode; readonly siteId: string | null };

export const isAgencyGrant = (grant: Grant): grant is { readonly agencySiteId: string } => typeof grant !== 'string';

/** An account's grant; the region that stands in an agency's account gives it nothing. */
export const grantOf = (account: {
  readonly role: string;
  readonly regionCode: RegionCode | '';
  readonly agencySiteId: string | null;
}): Grant =>
  account.agencySiteId !== null
    ? { agencySiteId: account.agencySiteId }
    : account.role === 'agency'
      ? NO_REGION
      : account.regionCode;

/** The one rule of what a grant covers: a thing that stands in its region, or at its agency's site. */
export const grantCovers = (grant: Grant, { regionCode, siteId }: Place): boolean =>
  isAgencyGrant(grant) ? siteId === grant.agencySiteId : covers(grant, regionCode);
