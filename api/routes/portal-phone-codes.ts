import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getPhoneCodeBudget, type PhoneCodeBudget } from '../../core/contract/portal/phone-code-routes.ts';
import { codeBudget } from '../../core/services/portal/phone-limits.ts';
import type { ApiParts } from '../parts.ts';
import { homeZone } from './portal-figures.ts';

/** The budget is the whole province's and is told to everybody; which sites use it, to those who see the site. */
export const portalPhoneCodeRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  app.route({
    ...getPhoneCodeBudget,
    handler: async ({ scope }) => {
      const { sites: spending, ...budget } = await codeBudget({ inventory, clock, zone: await homeZone(inventory) });
      const sites: PhoneCodeBudget['sites'] = [];
      for (const { siteId, codes, state } of spending.filter(({ state }) => state !== 'normal')) {
        const site = siteId === null ? null : await inventory.sites.get(siteId);
        const isSeen = site === null ? scope.grant === '' : scope.covers(site.regionCode);
        if (isSeen) sites.push({ siteId, siteName: site?.name ?? null, codes, state });
      }
      return { ...budget, sites };
    },
  });
};
