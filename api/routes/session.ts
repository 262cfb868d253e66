import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getSession, signIn, signOut } from '../../core/contract/session.ts';
import { AppError } from '../../core/domain/errors.ts';
import { endSession } from '../../core/services/session.ts';
import { createSignIn } from '../../core/services/sign-in.ts';
import type { ApiParts } from '../parts.ts';
import { clearSessionCookie, sessionToken, setSessionCookie } from '../plugins/authorise.ts';

export const sessionRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock' | 'log'>> = async (
  app,
  { inventory, clock, log },
) => {
  const enter = createSignIn({ inventory, clock });

  app.route({
    ...signIn,
    handler: async (request, reply) => {
      const address = request.ip;
      const { account, session } = await enter({ ...request.body, address }).catch((error: unknown) => {
        // Not the name: people type their password there.
        if (error instanceof AppError) log.warn({ address, code: error.code }, 'sign-in refused');
        throw error;
      });
      log.info({ accountId: account.id, address }, 'signed in');
      setSessionCookie(request, reply, session);
      return account;
    },
  });

  app.route({ ...getSession, handler: async ({ account }) => ({ account }) });

  app.route({
    ...signOut,
    handler: async (request, reply) => {
      const token = sessionToken(request);
      if (token !== null) await endSession(inventory, token);
      clearSessionCookie(request, reply);
      return null;
    },
  });
};
