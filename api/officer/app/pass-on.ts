import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Of the request itself: who it comes from, and what the same-origin check looks at. */
const KEPT = [
  'host',
  'origin',
  'sec-fetch-site',
  'user-agent',
  'cookie',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
];

/**
 * A form of the app as the call of the API that it stands for, in the name of whoever sent it: limits, rights and the
 * audit log are those of the API.
 * @returns the status it was answered with, and its cookie where it set one
 */
export async function passOn(
  app: FastifyInstance,
  request: FastifyRequest,
  call: { readonly method: 'POST' | 'PATCH' | 'DELETE'; readonly url: string; readonly payload?: object },
  reply: FastifyReply,
): Promise<{ readonly status: number; readonly json: () => unknown }> {
  const headers = Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = request.headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const { remoteAddress } = request.socket;
  const answer = await app.inject({ ...call, headers, ...(remoteAddress !== undefined && { remoteAddress }) });
  const cookie = answer.headers['set-cookie'];
  if (cookie !== undefined) reply.header('set-cookie', cookie);
  const wait = answer.headers['retry-after'];
  if (wait !== undefined) reply.header('retry-after', wait);
  return { status: answer.statusCode, json: () => answer.json() };
}
