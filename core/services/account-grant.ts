import type { Role } from '../contract/contract.ts';
import type { Account } from '../contract/session.ts';
import type { Site } from '../contract/sites.ts';
import { AppError } from '../domain/errors.ts';
import type { RegionCode } from '../domain/region.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';

export type AccountGrant = Pick<Account, 'role' | 'regionCode' | 'agencySiteId'>;
export type GrantAsked = {
  readonly role?: Role | undefined;
  readonly regionCode?: RegionCode | '' | undefined;
  readonly agencySiteId?: string | null | undefined;
};

/**
 * What an account holds for after a change: a region, or one agency's site, never both and never neither.
 * @param admit lets the site of an agency through, or throws: whoever gives it must see it
 * @throws AppError `bad-input` for a role without its grant, `not-found` for a site that is no agency's
 */
export async function accountGrant(
  sites: Inventory['sites'],
  before: AccountGrant | null,
  asked: GrantAsked,
  admit: (site: Site) => void = () => {},
): Promise<AccountGrant> {
  const role = asked.role ?? before?.role;
  if (role === undefined) throw new AppError('bad-input', 'an account has a role');
  if (role !== 'agency') {
    if ((asked.agencySiteId ?? null) !== null) throw fault('/agencySiteId', 'only an account of an agency has one');
    // What an agency had was its site's region, on which it held nothing: that is given by name or not at all.
    const regionCode = asked.regionCode ?? (before?.role === 'agency' ? undefined : before?.regionCode);
    if (regionCode === undefined) throw fault('/regionCode', 'name the region that the role holds for');
    return { role, regionCode, agencySiteId: null };
  }
  const siteId = asked.agencySiteId ?? before?.agencySiteId ?? null;
  if (siteId === null) throw fault('/agencySiteId', "an agency's account needs the agency's site");
  const site = await sites.get(siteId);
  if (site === null || site.kind !== 'agency') throw new AppError('not-found', 'there is no such agency here');
  admit(site);
  return { role, regionCode: site.regionCode, agencySiteId: site.id };
}

const fault = (field: string, reason: string): AppError =>
  new AppError('bad-input', reason, { faults: [{ field, reason }] });
