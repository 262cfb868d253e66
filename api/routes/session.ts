import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { type Account, getSession, type SignInStep, signIn, signOut } from '../../core/contract/session.ts';
import {
  beginRequiredFactor,
  confirmRequiredFactor,
  getSignInWays,
  giveSecondFactor,
} from '../../core/contract/sign-in-steps.ts';
import { AppError } from '../../core/domain/errors.ts';
import type { SecondFactor } from '../../core/services/second-factor.ts';
import { endSession, findSession, openSession } from '../../core/services/session.ts';
import { createSignIn } from '../../core/services/sign-in.ts';
import type { ApiParts } from '../parts.ts';
import { clearSessionCookie, sessionToken, setSessionCookie } from '../plugins/authorise.ts';
import { placeOf } from '../session-place.ts';

type Deps = Pick<ApiParts, 'inventory' | 'clock' | 'log' | 'config'> & { readonly secondFactor: SecondFactor };

export const sessionRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { inventory, clock, log, config, secondFactor } = deps;
  const sessions = { sessions: inventory.sessions, clock };
  const enter = createSignIn({ inventory, clock, stepFor: secondFactor.stepFor });

  app.route({
    ...signIn,
    handler: async (request, reply) => {
      const address = request.ip;
      const place = placeOf(request);
      const { account, session, step } = await enter({ ...request.body, address, place }).catch((error: unknown) => {
        // Not the name: people type their password there.
        if (error instanceof AppError) log.warn({ address, code: error.code }, 'sign-in refused');
        throw error;
      });
      setSessionCookie(request, reply, session);
      if (step !== null) {
        reply.code(202);
        return { step };
      }
      log.info({ accountId: account.id, address }, 'signed in');
      return account;
    },
  });

  app.route({
    ...getSession,
    handler: async (request) => {
      const { account } = request;
      return { account, step: account === null ? ((await opened(request))?.step ?? null) : null };
    },
  });

  app.route({
    ...signOut,
    handler: async (request, reply) => {
      const token = sessionToken(request);
      if (token !== null) await endSession(inventory, token);
      clearSessionCookie(request, reply);
      return null;
    },
  });

  app.route({
    ...getSignInWays,
    handler: async () => ({ oidc: config.oidc === null ? null : { name: config.oidc.name } }),
  });

  app.route({
    ...giveSecondFactor,
    handler: async (request, reply) => {
      const half = await halfOpened(request, 'code');
      noteOf(request, half.account, 'second-factor');
      const { byRecovery } = await secondFactor.check(half.account, request.body.code, request.ip);
      await finish(request, reply, half);
      if (byRecovery) log.warn({ accountId: half.account.id, address: request.ip }, 'signed in by a recovery code');
      return half.account;
    },
  });

  app.route({
    ...beginRequiredFactor,
    handler: async (request) => await secondFactor.begin((await halfOpened(request, 'enrol')).account),
  });

  app.route({
    ...confirmRequiredFactor,
    handler: async (request, reply) => {
      const half = await halfOpened(request, 'enrol');
      noteOf(request, half.account, 'second-factor-set');
      const codes = await secondFactor.confirm(half.account, request.body.code, request.ip);
      await finish(request, reply, half);
      return { codes };
    },
  });

  type Half = {
    readonly account: Account;
    readonly step: SignInStep;
    readonly token: string;
    readonly way: 'password' | 'oidc';
  };

  async function opened(request: FastifyRequest): Promise<Half | null> {
    const token = sessionToken(request);
    const session = token === null ? null : await findSession(sessions, token);
    if (token === null || session === null || session.stage === 'full') return null;
    return { account: session.account, step: session.stage, token, way: session.way };
  }

  async function halfOpened(request: FastifyRequest, step: SignInStep): Promise<Half> {
    const half = await opened(request);
    if (half?.step !== step) throw new AppError('not-signed-in', 'begin to sign in again');
    return half;
  }

  /** A session of its own: the token from before the second step opens nothing any more. */
  async function finish(
    request: FastifyRequest,
    reply: Parameters<typeof setSessionCookie>[1],
    { account, token, way }: Half,
  ): Promise<void> {
    await endSession(inventory, token);
    setSessionCookie(request, reply, await openSession(sessions, account.id, { ...placeOf(request), way }));
    noteOf(request, account, 'sign-in');
    log.info({ accountId: account.id, address: request.ip }, 'signed in');
  }
};

/** For the audit log: who is at the second step, which nobody is signed in at. */
function noteOf(request: FastifyRequest, { id, displayName, regionCode }: Account, action: string): void {
  const person = { kind: 'account' as const, id, name: displayName };
  request.auditNote = { actor: person, target: person, regionCode, action };
}
