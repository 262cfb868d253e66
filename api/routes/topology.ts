import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getTopology, getTopologyNow } from '../../core/contract/topology.ts';
import { AppError } from '../../core/domain/errors.ts';
import type { ApiParts } from '../parts.ts';
import { topologyModel } from '../read-models/topology.ts';
import type { Scope } from '../scope.ts';

type Deps = Pick<ApiParts, 'inventory' | 'series' | 'bus' | 'clock'>;

export const topologyRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const model = topologyModel(deps);
  const unsubscribe = deps.bus.subscribe(({ type }) => {
    if (type === 'inventory-changed') model.forget();
  });
  app.addHook('onClose', async () => unsubscribe());

  const seen = (scope: Scope, asked: string | undefined) => {
    const region = scope.narrow(asked);
    if (region === null) throw new AppError('not-found', 'there is no such region here');
    return region;
  };

  // Columns of ten thousand numbers, drawn field by field: writing them by their schema takes several times as long.
  const serializerCompiler = () => (body: unknown) => JSON.stringify(body);
  app.route({
    ...getTopology,
    serializerCompiler,
    handler: ({ scope, query }) => model.topology(seen(scope, query.region)),
  });
  app.route({
    ...getTopologyNow,
    serializerCompiler,
    handler: ({ scope, query }) => model.now(seen(scope, query.region)),
  });
};
