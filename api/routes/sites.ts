import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { createSite, deleteSite, getSite, listSites, updateSite } from '../../core/contract/sites.ts';
import type { ApiParts } from '../parts.ts';
import type { Changed } from '../read-models/changed.ts';
import { emptyPage } from '../scope.ts';

export const siteRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory'> & { changed: Changed }> = async (
  app,
  { inventory, changed },
) => {
  const { sites, devices } = inventory;

  app.route({
    ...listSites,
    handler: async ({ query, scope }) => {
      const within = scope.within({ region: query.region });
      return within === null ? emptyPage(query) : await sites.list({ ...query, ...within });
    },
  });

  app.route({
    ...getSite,
    handler: async ({ params, scope }) => {
      const site = scope.admit(await sites.get(params.siteId), params.siteId);
      return { ...site, devices: await devices.ofSites([site.id]) };
    },
  });

  app.route({
    ...createSite,
    handler: async ({ body, scope }) => {
      scope.admitRegion(body.regionCode);
      return changed(await sites.create(body));
    },
  });

  app.route({
    ...updateSite,
    handler: async ({ params, body, scope }) => {
      const before = scope.admit(await sites.get(params.siteId));
      if (body.regionCode !== undefined) scope.admitRegion(body.regionCode);
      const { expected, ...change } = body;
      const site = changed(await sites.update(params.siteId, change, expected));
      if (site.regionCode !== before.regionCode) changed(before);
      return site;
    },
  });

  app.route({
    ...deleteSite,
    handler: async ({ params, scope }) => {
      const site = scope.admit(await sites.get(params.siteId));
      await sites.remove(site.id);
      changed(site);
      return null;
    },
  });
};
