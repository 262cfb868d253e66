import type { Region } from '../../core/contract/regions.ts';
import { AppError } from '../../core/domain/errors.ts';
import { isRegionCode, type RegionCode } from '../../core/domain/region.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { Scope } from '../scope.ts';

/**
 * The region a screen is about: the one asked for, else the account's own, else the deployment's province, else the
 * first province that has sites.
 * @throws AppError `not-found` for a region that does not exist or may not be seen, and where no region is loaded
 */
export async function homeRegion(inventory: Inventory, scope: Scope, asked: RegionCode | undefined): Promise<Region> {
  const code = asked ?? (scope.grant === '' ? await defaultProvince(inventory) : scope.grant);
  const region = code === null || !scope.covers(code) ? null : await inventory.regions.get(code);
  if (region === null)
    throw new AppError('not-found', asked === undefined ? 'no region is loaded yet' : 'no such region');
  return region;
}

async function defaultProvince({ settings, regions }: Inventory): Promise<RegionCode | null> {
  const setting = await settings.get('province');
  if (typeof setting === 'string' && isRegionCode(setting)) return setting;
  const withSites = await regions.provinceOfFirstSite();
  return withSites ?? (await regions.list({ level: 'province', pageSize: 1 })).items[0]?.code ?? null;
}
