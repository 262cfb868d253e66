import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getNow } from '../../core/contract/now.ts';
import { AppError } from '../../core/domain/errors.ts';
import type { ApiParts } from '../parts.ts';
import type { Counts } from '../read-models/counts.ts';
import { nowView } from '../read-models/now.ts';

type Deps = Pick<ApiParts, 'inventory' | 'clock'> & { readonly counts: Counts };

export const nowRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const view = nowView(deps);

  app.route({
    ...getNow,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      if (region === null) throw new AppError('not-found', 'there is no such region here');
      return await view(region, scope.grant);
    },
  });
};
