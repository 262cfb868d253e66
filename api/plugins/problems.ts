import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../core/domain/errors.ts';
import type { Log } from '../../core/log/log.ts';
import { PROBLEM_TYPE, problem, problemOf } from '../problem.ts';

/** Every error leaves as problem details (RFC 9457); what is our own fault is logged with its cause. */
export function installProblems(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, log));
}

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const body = problemOf(error);
  const at = { requestId: request.id, method: request.method, route: request.routeOptions?.url ?? null };
  if (body.status === 500) log.error({ ...at, err: error }, 'request failed');
  else if (body.status > 500) log.warn({ ...at, code: body.code, detail: body.detail }, 'request not served');
  if (error instanceof AppError && error.retryAfterMs !== undefined) {
    reply.header('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
  } else if (body.status === 503) {
    reply.header('retry-after', '5');
  }
  return send(reply, body);
}

export const sendNotFound = (reply: FastifyReply): FastifyReply =>
  send(reply, problem('not-found', 'there is nothing at this address'));

function send(reply: FastifyReply, body: ReturnType<typeof problem>): FastifyReply {
  reply.removeHeader('etag');
  return reply
    .code(body.status)
    .header('cache-control', 'no-store')
    .type(PROBLEM_TYPE)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(body);
}
