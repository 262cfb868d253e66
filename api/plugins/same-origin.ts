import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../core/domain/errors.ts';
import { bearerToken } from '../../core/services/api-token.ts';

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Another site's page cannot make a signed-in browser change anything: the cookie is SameSite, bodies are of types a
 * plain form cannot send, and what a browser says of the origin must be this one. A caller that says nothing is no
 * browser, and has no cookie that somebody else could abuse.
 */
export function installSameOrigin(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request) => {
    // A token is no cookie: no browser adds it by itself, and beside it no cookie counts.
    if (bearerToken(request.headers.authorization) !== null) return;
    if (!SAFE.has(request.method) && isCrossSite(request)) {
      throw new AppError('forbidden', 'this call was made from a page of another site');
    }
  });
}

function isCrossSite(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = request.headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.host;
}
