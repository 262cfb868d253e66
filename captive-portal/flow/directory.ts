import type { Plan } from '../../core/contract/portal/plan.ts';
import type { PortalSite } from '../../core/contract/portal/site.ts';
import type { Terms } from '../../core/contract/portal/terms.ts';
import type { Site } from '../../core/contract/sites.ts';
import { MINUTE, SECOND } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import type { OpenPortalGateway } from '../../core/stores/inventory/portal/gateways.ts';
import type { PortalParts } from '../parts.ts';
import { remembered } from './remembered.ts';

/** What the pages of a site need beside the gateway. */
export type PortalPlace = {
  readonly portal: PortalSite;
  readonly site: Site;
  /** Of the province's first; null where the regions do not name it. */
  readonly province: string | null;
};

/** A change of settings is seen by citizens after so long at most. */
const FRESH_MS = 5 * SECOND;
/** While the inventory is away, pages are shown with what is known of so long ago. */
const STALE_MS = 10 * MINUTE;
const MOST_REFS = 20_000;
const REF = /^[a-z0-9]{6,16}$/;

export type Directory = ReturnType<typeof directory>;

/** Gateways, sites, terms and plans as the pages need them, kept for seconds. */
export function directory({ inventory, clock }: Pick<PortalParts, 'inventory' | 'clock'>) {
  const times = { freshMs: FRESH_MS, staleMs: STALE_MS };
  const gateways = remembered<OpenPortalGateway | null>(clock, { ...times, most: MOST_REFS });
  const byId = remembered<OpenPortalGateway | null>(clock, { ...times, most: MOST_REFS });
  const all = remembered<readonly OpenPortalGateway[]>(clock, times);
  const places = remembered<PortalPlace | null>(clock, times);
  const plans = remembered<Plan | null>(clock, times);
  const terms = remembered<Terms>(clock, times);
  const provinces = remembered<string | null>(clock, { freshMs: 10 * MINUTE, staleMs: 60 * MINUTE });

  const provinceOf = (code: string): Promise<string | null> =>
    provinces.get(code, async () => (await inventory.regions.get(code))?.name ?? null);

  return {
    /** Null for one that does not exist or is switched off. */
    gatewayByRef: async (ref: string): Promise<OpenPortalGateway | null> =>
      REF.test(ref) ? await gateways.get(ref, () => inventory.portal.gateways.openByRef(ref)) : null,

    /** Null for one that does not exist any more. */
    gatewayById: (id: string): Promise<OpenPortalGateway | null> =>
      byId.get(id, () => inventory.portal.gateways.open(id).catch(nullWhereGone)),

    gateways: (): Promise<readonly OpenPortalGateway[]> => all.get('', () => inventory.portal.gateways.openAll()),

    place: (siteId: string): Promise<PortalPlace | null> =>
      places.get(siteId, async () => {
        const [portal, site] = await Promise.all([inventory.portal.sites.get(siteId), inventory.sites.get(siteId)]);
        if (portal === null || site === null) return null;
        return { portal, site, province: await provinceOf(site.regionCode.slice(0, 2)) };
      }),

    /** Null where it was removed: nobody is limited by it any more. */
    plan: async (id: string | null): Promise<Plan | null> =>
      id === null ? null : await plans.get(id, () => inventory.portal.plans.get(id).catch(nullWhereGone)),

    terms: (): Promise<Terms> => terms.get('', () => inventory.portal.terms.current(clock())),
  };
}

function nullWhereGone(error: unknown): null {
  if (error instanceof AppError && error.code === 'not-found') return null;
  throw error;
}
