import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import * as contract from '../../core/contract/account-security.ts';
import type { Account } from '../../core/contract/session.ts';
import { AppError } from '../../core/domain/errors.ts';
import { attemptLimiter } from '../../core/services/attempt-limiter.ts';
import { makePasswordLink, readLink, setPasswordBy } from '../../core/services/password-link.ts';
import type { SecondFactor } from '../../core/services/second-factor.ts';
import { turns } from '../../core/services/turns.ts';
import type { ApiParts } from '../parts.ts';
import { accountIdOf } from '../plugins/authorise.ts';
import { factsOf, sessionsOf } from '../read-models/sign-in-facts.ts';
import type { Scope } from '../scope.ts';

type Deps = Pick<ApiParts, 'inventory' | 'clock' | 'config'> & { readonly secondFactor: SecondFactor };

/** What an administrator does about the ways into an account of the own region, and the link that comes of it. */
export const accountSecurityRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { inventory, clock, config, secondFactor } = deps;
  const { accounts, sessions, signIns, apiTokens } = inventory;
  const limiter = attemptLimiter(clock);
  const inTurn = turns(2, 32, 'too many passwords at once');

  const admitted = async (scope: Scope, id: string): Promise<Account> => scope.admit(await accounts.get(id));

  app.route({
    ...contract.getAccountSecurity,
    handler: async ({ params, scope }) => {
      const account = await admitted(scope, params.accountId);
      const [facts, open, tokens] = await Promise.all([
        signIns.get(account.id, clock()),
        sessions.list(account.id, clock()),
        apiTokens.list(account.id),
      ]);
      return {
        ...factsOf(facts, account, secondFactor),
        isAskedByName: facts.secondFactorRequired,
        subject: facts.subject?.subject ?? null,
        linkExpiresAt: facts.linkExpiresAt,
        sessions: sessionsOf(open, null),
        tokens,
      };
    },
  });

  app.route({
    ...contract.changeAccountSecurity,
    handler: async ({ params, body, scope }) => {
      const account = await admitted(scope, params.accountId);
      const { subject, ...change } = body;
      const issuer = config.oidc?.issuer;
      if (subject != null && issuer === undefined) {
        throw new AppError('conflict', 'no identity provider is configured');
      }
      await signIns.update(account.id, {
        ...change,
        ...(subject === undefined ? {} : { subject: subject === null ? null : { issuer: issuer ?? '', subject } }),
      });
      // Who is in by a password alone signs in again, and meets the second step.
      if (change.secondFactorRequired === true && (await signIns.get(account.id, clock())).secondFactorSince === null) {
        await sessions.removeAll(account.id);
      }
      return null;
    },
  });

  app.route({
    ...contract.createPasswordLink,
    handler: async (request) => {
      const account = await admitted(request.scope, request.params.accountId);
      if (account.disabled) throw new AppError('conflict', 'the account is disabled');
      const { token, expiresAt } = await makePasswordLink({ inventory, clock }, account.id, accountIdOf(request));
      // Behind the number sign, so that no server, proxy or log on the way learns it.
      const base = config.publicUrl ?? `${request.protocol}://${request.host}`;
      return { url: `${base}/new-password#${token}`, expiresAt };
    },
  });

  app.route({
    ...contract.removePasswordLink,
    handler: async ({ params, scope }) => {
      await signIns.removeLink((await admitted(scope, params.accountId)).id);
      return null;
    },
  });

  app.route({
    ...contract.removeAccountSecondFactor,
    handler: async ({ params, scope }) => {
      const { id } = await admitted(scope, params.accountId);
      await signIns.removeTotp(id);
      await sessions.removeAll(id);
      return null;
    },
  });

  app.route({
    ...contract.endAccountSessions,
    handler: async ({ params, scope }) => ({
      ended: await sessions.removeAll((await admitted(scope, params.accountId)).id),
    }),
  });

  app.route({
    ...contract.endAccountSession,
    handler: async ({ params, scope }) => {
      const { id } = await admitted(scope, params.accountId);
      if (!(await sessions.removeOwn(id, params.sessionId)))
        throw new AppError('not-found', 'there is no such session');
      return null;
    },
  });

  app.route({
    ...contract.revokeAccountToken,
    handler: async ({ params, scope }) => {
      const { id } = await admitted(scope, params.accountId);
      if (!(await apiTokens.remove(id, params.tokenId))) throw new AppError('not-found', 'there is no such token');
      return null;
    },
  });

  /** Nobody guesses 256 bits; this keeps one address from asking the store for nothing. */
  function slow(token: string, address: string): void {
    const waitMs = limiter.take(token, address);
    if (waitMs > 0) throw new AppError('too-many-requests', 'too many links', { retryAfterMs: waitMs });
  }

  app.route({
    ...contract.readPasswordLink,
    handler: async (request) => {
      request.auditNote = { isSilent: true };
      const { token } = request.body;
      slow(token, request.ip);
      const { account, expiresAt } = await readLink({ inventory, clock }, token);
      limiter.forgive(token, request.ip);
      return { name: account.name, displayName: account.displayName, expiresAt };
    },
  });

  app.route({
    ...contract.setPasswordByLink,
    handler: async (request) => {
      const { token, password } = request.body;
      slow(token, request.ip);
      const { id, displayName, regionCode } = await inTurn(() => setPasswordBy({ inventory, clock }, token, password));
      limiter.forgive(token, request.ip);
      const person = { kind: 'account' as const, id, name: displayName };
      request.auditNote = { action: 'password-reset', actor: person, target: person, regionCode };
      return null;
    },
  });
};
