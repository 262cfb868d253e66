import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { endPortalSession, listPortalSessions } from '../../core/contract/portal/session-routes.ts';
import { AppError } from '../../core/domain/errors.ts';
import type { ApiParts } from '../parts.ts';
import { emptyPage } from '../scope.ts';

export const portalSessionRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  const { sites, portal } = inventory;
  const { sessions, figures } = portal;

  app.route({
    ...listPortalSessions,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      if (region === null) return emptyPage(query);
      if (query.siteId !== undefined) scope.admit(await sites.get(query.siteId));
      return await sessions.list({ ...query, region, live: query.live ?? true });
    },
  });

  /** Asks, and leaves the deed to the portal, which has the gateway's secrets: the list says what came of it. */
  app.route({
    ...endPortalSession,
    handler: async ({ params, scope }) => {
      const session = scope.admit(await sessions.get(params.sessionId));
      if (session.endedAt !== null) throw new AppError('conflict', 'the session has ended already');
      const endsBy = await figures.endsBy(session.id);
      const asked = await sessions.askEnd(session.id, clock());
      return { answer: asked === null ? ('gone' as const) : ('asked' as const), endsBy };
    },
  });
};
