import type { FastifyInstance } from 'fastify';
import type { Log } from '../../core/log/log.ts';

/** One line a request: its route, never its query, headers or body, where secrets could stand. */
export function installRequestLog(app: FastifyInstance, log: Log): void {
  app.addHook('onResponse', async (request, reply) => {
    const fields = {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    log.debug(fields, 'request served');
  });
}
