import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getConsentProof } from '../../core/contract/portal/consent-routes.ts';
import { addTerms, listTerms } from '../../core/contract/portal/terms-routes.ts';
import { AppError } from '../../core/domain/errors.ts';
import { consentProof } from '../../core/services/portal/consent.ts';
import type { ApiParts } from '../parts.ts';
import { accountIdOf } from '../plugins/authorise.ts';

/** Terms hold for the whole province, and so does what people agreed to. */
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

  app.route({
    ...getConsentProof,
    handler: async ({ params, scope }, reply) => {
      scope.requireEverywhere();
      const proof = await consentProof(inventory, params.consentId);
      if (proof === null) throw new AppError('not-found', 'there is no such consent, or it is not kept any more');
      reply.header('cache-control', 'no-store');
      return proof;
    },
  });
};
