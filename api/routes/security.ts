import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import * as contract from '../../core/contract/security.ts';
import type { Account } from '../../core/contract/session.ts';
import { AppError } from '../../core/domain/errors.ts';
import { makeApiToken } from '../../core/services/api-token.ts';
import { attemptLimiter } from '../../core/services/attempt-limiter.ts';
import { hashPassword, verifyPassword } from '../../core/services/password.ts';
import type { SecondFactor } from '../../core/services/second-factor.ts';
import { endOtherSessions, findSession, openSession } from '../../core/services/session.ts';
import { turns } from '../../core/services/turns.ts';
import type { ApiParts } from '../parts.ts';
import { sessionToken, setSessionCookie } from '../plugins/authorise.ts';
import { factsOf, sessionsOf } from '../read-models/sign-in-facts.ts';
import { placeOf } from '../session-place.ts';

type Deps = Pick<ApiParts, 'inventory' | 'clock'> & { readonly secondFactor: SecondFactor };

/** A person's own ways in: password, second factor, sessions and tokens. */
export const securityRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { inventory, clock, secondFactor }) => {
  const { accounts, sessions, signIns, apiTokens } = inventory;
  const limiter = attemptLimiter(clock);
  const inTurn = turns(2, 32, 'too many passwords at once');

  /** Whoever sits at an open screen is not yet its owner. An account without a password has none to give. */
  async function provePassword({ account, ip }: FastifyRequest, password: string): Promise<Account> {
    const me = mine(account);
    const stored = (await accounts.forSignIn(me.name))?.passwordHash ?? '';
    if (stored === '') return me;
    const waitMs = limiter.take(me.id, ip);
    if (waitMs > 0) throw new AppError('too-many-requests', 'too many wrong passwords', { retryAfterMs: waitMs });
    if (!(await inTurn(() => verifyPassword(password, stored)))) {
      const reason = 'this is not the password of the account';
      throw new AppError('bad-input', reason, { faults: [{ field: '/current', reason }] });
    }
    limiter.forgive(me.id, ip);
    return me;
  }

  app.route({
    ...contract.getMySecurity,
    handler: async ({ account }) => factsOf(await signIns.get(mine(account).id, clock()), mine(account), secondFactor),
  });

  app.route({
    ...contract.changeMyPassword,
    handler: async (request, reply) => {
      note(request, 'password-change');
      const { id } = await provePassword(request, request.body.current);
      const passwordHash = await inTurn(() => hashPassword(request.body.password));
      await accounts.update(id, { passwordHash });
      await signIns.removeLink(id);
      setSessionCookie(request, reply, await openSession({ sessions, clock }, id, placeOf(request)));
      return null;
    },
  });

  app.route({
    ...contract.beginSecondFactor,
    handler: async (request) => {
      note(request, 'second-factor-begin');
      return await secondFactor.begin(await provePassword(request, request.body.password));
    },
  });

  app.route({
    ...contract.confirmSecondFactor,
    handler: async (request) => {
      note(request, 'second-factor-set');
      return { codes: await secondFactor.confirm(mine(request.account), request.body.code, request.ip) };
    },
  });

  app.route({
    ...contract.removeSecondFactor,
    handler: async (request) => {
      note(request, 'second-factor-remove');
      await secondFactor.remove(mine(request.account), request.body.code, request.ip);
      return null;
    },
  });

  app.route({
    ...contract.renewRecoveryCodes,
    handler: async (request) => {
      note(request, 'recovery-codes-renew');
      return { codes: await secondFactor.renewCodes(mine(request.account), request.body.code, request.ip) };
    },
  });

  app.route({
    ...contract.listMySessions,
    handler: async (request) => {
      const token = sessionToken(request);
      const current = token === null ? null : await findSession({ sessions, clock }, token);
      const items = await sessions.list(mine(request.account).id, clock());
      return { items: sessionsOf(items, current?.id ?? null) };
    },
  });

  app.route({
    ...contract.endMySession,
    handler: async ({ account, params }) => {
      if (!(await sessions.removeOwn(mine(account).id, params.sessionId))) throw notThere();
      return null;
    },
  });

  app.route({
    ...contract.endMyOtherSessions,
    handler: async (request) => ({
      ended: await endOtherSessions({ sessions }, mine(request.account).id, sessionToken(request)),
    }),
  });

  app.route({
    ...contract.listMyTokens,
    handler: async ({ account }) => ({ items: await apiTokens.list(mine(account).id) }),
  });

  app.route({
    ...contract.createMyToken,
    handler: async ({ account, body }) => await makeApiToken({ apiTokens, clock }, mine(account).id, body),
  });

  app.route({
    ...contract.revokeMyToken,
    handler: async ({ account, params }) => {
      if (!(await apiTokens.remove(mine(account).id, params.tokenId))) throw notThere();
      return null;
    },
  });
};

/** On routes that are not public, whose guard has let somebody in. */
function mine(account: Account | null): Account {
  if (account === null) throw new AppError('not-signed-in', 'sign in first');
  return account;
}

const notThere = (): AppError => new AppError('not-found', 'there is no such thing of this account');

function note(request: FastifyRequest, action: string): void {
  const { id, displayName, regionCode } = mine(request.account);
  request.auditNote = { action, target: { kind: 'account', id, name: displayName }, regionCode };
}
