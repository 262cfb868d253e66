import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addTerms, listTerms } from '../../core/contract/portal/terms-routes.ts';
import type { ApiParts } from '../parts.ts';
import { accountIdOf } from '../plugins/authorise.ts';

/** Terms hold for the whole province. */
export const portalTermsRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  const { terms } = inventory.portal;

  app.route({ ...listTerms, handler: async () => ({ items: await terms.list() }) });

  app.route({
    ...addTerms,
    handler: async (request) => {
      request.scope.requireEverywhere();
      return await terms.add(request.body, accountIdOf(request), clock());
    },
  });
};
