import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { completeDataRequest, listDataRequests, listForgotten } from '../../core/contract/portal/terms-routes.ts';
import { completeDataRequest as complete } from '../../core/services/portal/data-request.ts';
import type { ApiParts } from '../parts.ts';
import { accountIdOf } from '../plugins/authorise.ts';

/** People's data belongs to no region: whoever holds for every region answers for it. */
export const portalDataRequestRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  const { dataRequests, forgetting } = inventory.portal;

  app.route({
    ...listDataRequests,
    handler: async ({ query, scope }) => {
      scope.requireEverywhere();
      return await dataRequests.list(query);
    },
  });

  app.route({
    ...completeDataRequest,
    handler: async (request) => {
      request.scope.requireEverywhere();
      const { params, body } = request;
      return await complete({ inventory, clock }, params.requestId, accountIdOf(request), body.outcome.trim());
    },
  });

  app.route({ ...listForgotten, handler: async ({ query }) => await forgetting.list(query) });
};
