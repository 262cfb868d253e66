import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { endPortalSession, listPortalSessions } from '../../core/contract/portal/session-routes.ts';
import { askSessionEnd } from '../../core/services/portal/end-session.ts';
import type { ApiParts } from '../parts.ts';
import { emptyPage } from '../scope.ts';

export const portalSessionRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'bus' | 'clock'>> = async (
  app,
  { inventory, bus, clock },
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
      const endsBy = await figures.endsBy(session.id);
      await askSessionEnd({ inventory, bus, clock }, session.id);
      return { answer: 'asked' as const, endsBy };
    },
  });
};
