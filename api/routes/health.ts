import type { FastifyPluginAsync } from 'fastify';
import { notReady } from '../health.ts';
import { EXPOSITION_TYPE, exposition, type Family } from '../metrics/exposition.ts';
import type { ApiParts } from '../parts.ts';

type Deps = Pick<ApiParts, 'inventory' | 'series' | 'collector'> & {
  /** Everything that `/metrics` shows. */
  readonly figures: () => Promise<readonly Family[]>;
};

/** For load balancers and monitoring: open to anyone, and without names of anything. */
export const healthRoutes: FastifyPluginAsync<Deps> = async (app, deps) => {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });

  app.get('/healthz', async () => ({ alive: true }));

  app.get('/readyz', async (_request, reply) => {
    const reasons = await notReady(deps);
    return reply.code(reasons.length === 0 ? 200 : 503).send({ ready: reasons.length === 0, reasons });
  });

  app.get('/metrics', async (_request, reply) => reply.type(EXPOSITION_TYPE).send(exposition(await deps.figures())));
};
