import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { listVillages } from '../../core/contract/villages.ts';
import type { ApiParts } from '../parts.ts';
import { emptyPage } from '../scope.ts';

export const villageRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory'>> = async (app, { inventory }) => {
  app.route({
    ...listVillages,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      return region === null ? emptyPage(query) : await inventory.villages.list({ ...query, region });
    },
  });
};
