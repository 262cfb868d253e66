import type { NewPortalGateway, PortalGateway } from '../../core/contract/portal/gateway.ts';
import type { Site } from '../../core/contract/sites.ts';
import { zoneByLabel } from '../../core/domain/zone.ts';
import { portalKeys } from '../../core/services/portal/portal-keys.ts';
import type { PortalParts } from '../../core/services/portal/portal-parts.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { TEST_SECRET_KEY } from './inventory-at.ts';

export const WIB = zoneByLabel('WIB');

export { NO_LIMITS } from './portal-plan.ts';

export type Place = { readonly site: Site; readonly gateway: PortalGateway };

/** A site of its own in a village, with a gateway. */
export async function layPlace(
  inventory: Inventory,
  {
    code = 'A',
    region = '16.03.11.2009',
    ...gateway
  }: Partial<NewPortalGateway> & { code?: string; region?: string } = {},
): Promise<Place> {
  const chain = [2, 5, 8, 13].map((length) => region.slice(0, length));
  for (const [at, code] of chain.entries()) {
    await inventory.sql.run(
      'INSERT INTO region (code, level, parent_code, name, edition) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      [code, ['province', 'regency', 'district', 'village'][at], chain[at - 1] ?? null, `Region ${code}`, 'test'],
    );
  }
  const site = await inventory.sites.create({
    code: `site-${code}`,
    name: `Situs ${code}`,
    kind: 'shelter',
    regionCode: region,
    status: 'active',
  });
  const name = `Gerbang ${code}`;
  return {
    site,
    gateway: await inventory.portal.gateways.create({ name, siteId: site.id, family: 'mikrotik', ...gateway }),
  };
}

export const portalPartsOf = (inventory: Inventory, clock: () => number): PortalParts => ({
  inventory,
  keys: portalKeys(TEST_SECRET_KEY),
  clock,
  zone: WIB,
});
