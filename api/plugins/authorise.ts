import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { type Access, type Contract, rolesOf } from '../../core/contract/contract.ts';
import type { ApiToken } from '../../core/contract/security.ts';
import type { Account } from '../../core/contract/session.ts';
import { AppError } from '../../core/domain/errors.ts';
import { grantOf, NO_REGION } from '../../core/domain/grant.ts';
import { type ApiTokenDeps, bearerToken, readApiToken } from '../../core/services/api-token.ts';
import { type OpenedSession, readSession, SESSION_MAX_MS, type SessionDeps } from '../../core/services/session.ts';
import { type Scope, scopeOf } from '../scope.ts';
import { sharedWork } from '../shared-work.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; null when nobody is. */
    account: Account | null;
    /** The machine's token that the call came with, in the account's name. */
    apiToken: ApiToken | null;
    /** Only on routes that are not public. */
    scope: Scope;
  }
}

const COOKIE = 'simpul_session';
/** The description of the API is open to anyone, and no call of it. */
export const OPENAPI_URL = '/api/v1/openapi.json';

/**
 * Who may call what, in one place: a route is served only under the `access` of its contract, and a route of the API
 * without a contract does not start. Handlers get the account's `scope`.
 */
export async function installAuthorise(app: FastifyInstance, deps: SessionDeps & ApiTokenDeps): Promise<void> {
  await app.register(cookie);
  const known = sharedWork<Account | null>({ share: 1 });
  /** A screen asks several things at once: who it is, is read once for all of them. */
  const accountOf = async (request: FastifyRequest): Promise<Account | null> => {
    const token = sessionToken(request);
    return token === null ? null : await known(token, () => readSession(deps, token));
  };
  app.decorateRequest('account', null);
  app.decorateRequest('apiToken', null);
  app.decorateRequest('scope');
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/v1/') || route.url === OPENAPI_URL) return;
    const contract = route as RouteOptions & Partial<Contract>;
    const { access } = contract;
    if (access === undefined) throw new TypeError(`${route.url} has no contract`);
    const guard = async (request: FastifyRequest): Promise<void> => {
      const token = bearerToken(request.headers.authorization);
      if (token === null) request.account = await accountOf(request);
      // A token in hand counts alone, whatever cookie comes with it.
      else Object.assign(request, await readApiToken(deps, token, contract as Contract));
      request.scope = authorise(access, request.account);
    };
    const answer = async (_request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      reply.code(successStatus(contract)).header('cache-control', 'private, no-cache');
    };
    route.onRequest = [guard, ...listOf(route.onRequest)];
    route.preHandler = [answer, ...listOf(route.preHandler)];
  });
}

/** @throws AppError `not-signed-in`, `forbidden` */
export function authorise(access: Access, account: Account | null): Scope {
  if (access === 'public') return scopeOf(account?.role ?? 'viewer', account === null ? NO_REGION : grantOf(account));
  if (account === null) throw new AppError('not-signed-in', 'sign in first');
  const roles = rolesOf(access);
  if (!roles.includes(account.role)) {
    throw new AppError('forbidden', `this takes one of the roles ${roles.join(', ')}`);
  }
  return scopeOf(account.role, grantOf(account));
}

/** Who does it. Only on routes that are not public, whose guard has let somebody in. */
export function accountIdOf({ account }: Pick<FastifyRequest, 'account'>): string {
  if (account === null) throw new AppError('not-signed-in', 'sign in first');
  return account.id;
}

export const sessionToken = (request: FastifyRequest): string | null => request.cookies[COOKIE] ?? null;

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, session: OpenedSession): void {
  reply.setCookie(COOKIE, session.token, { ...cookieOptions(request), maxAge: SESSION_MAX_MS / 1000 });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(COOKIE, cookieOptions(request));
}

/** Without TLS a `Secure` cookie would be lost: behind a proxy its `X-Forwarded-Proto` tells, where it is trusted. */
const cookieOptions = (request: FastifyRequest) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' }) as const;

const successStatus = (contract: Partial<Contract>): number =>
  Object.keys(contract.schema?.response ?? {})
    .map(Number)
    .find((status) => status >= 200 && status < 300) ?? 200;

const listOf = <T>(hooks: T | T[] | undefined): T[] =>
  hooks === undefined ? [] : Array.isArray(hooks) ? hooks : [hooks];
