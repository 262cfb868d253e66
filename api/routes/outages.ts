import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { listOutages } from '../../core/contract/outages.ts';
import type { ApiParts } from '../parts.ts';
import { emptyPage } from '../scope.ts';

export const outageRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory'>> = async (app, { inventory }) => {
  app.route({
    ...listOutages,
    handler: async ({ query, scope }) => {
      const within = scope.within({ region: query.region });
      return within === null ? emptyPage(query) : await inventory.outages.list({ ...query, ...within });
    },
  });
};
