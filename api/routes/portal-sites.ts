import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Value } from 'typebox/value';
import { PortalSiteChange } from '../../core/contract/portal/site.ts';
import {
  getLoginHealth,
  getPortalPreview,
  getPortalSite,
  listPortalSites,
  updatePortalSite,
} from '../../core/contract/portal/site-routes.ts';
import { getSurvey } from '../../core/contract/portal/survey-routes.ts';
import { DAY, MINUTE } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { loginHealthSeries } from '../../core/services/portal/portal-figures.ts';
import type { ApiParts } from '../parts.ts';
import { emptyPage, type Scope } from '../scope.ts';

type Deps = Pick<ApiParts, 'inventory' | 'clock' | 'portalPreview'>;
const MAX_STEPS = 2_000;

/**
 * The previewed page brings its own style and is shown in a frame of our own pages: it runs nothing, loads nothing and
 * sends nothing, whatever stands in it.
 */
const PREVIEW_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

export const portalSiteRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { inventory, clock, portalPreview } = deps;
  const { sites, figures, survey } = inventory.portal;
  const seen = async (scope: Scope, siteId: string) => scope.admit(await sites.get(siteId));

  app.route({
    ...listPortalSites,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      if (region === null) return emptyPage(query);
      const now = clock();
      return await figures.sites({ ...query, region, since: now - DAY, now });
    },
  });

  app.route({ ...getPortalSite, handler: ({ params, scope }) => seen(scope, params.siteId) });

  app.route({
    ...updatePortalSite,
    handler: async ({ params, body, scope }) => {
      const { siteId } = await seen(scope, params.siteId);
      if (scope.role === 'officer' && Object.keys(body).some((name) => name !== 'announcement'))
        throw new AppError('forbidden', 'an officer changes the announcement alone');
      return await sites.update(siteId, body, clock());
    },
  });

  app.route({
    ...getPortalPreview,
    handler: async ({ params, query, scope }, reply) => {
      const { siteId } = await seen(scope, params.siteId);
      if (portalPreview === null) throw new AppError('not-supported', 'the pages of the portal are not at hand here');
      const page = await portalPreview(siteId, query.language ?? 'id', draftOf(query.draft));
      return reply
        .type('text/html; charset=utf-8')
        .headers({
          'content-security-policy': PREVIEW_POLICY,
          'x-frame-options': 'SAMEORIGIN',
          'cache-control': 'no-store',
        })
        .serializer(String)
        .send(page);
    },
  });

  app.route({
    ...getLoginHealth,
    handler: async ({ params, query, scope }) => {
      const { siteId } = await seen(scope, params.siteId);
      const { from, to, stepMinutes = 60 } = query;
      const stepMs = stepMinutes * MINUTE;
      if (to <= from || to - from > MAX_STEPS * stepMs) {
        const faults = [{ field: '/to', reason: `must be after from, and by at most ${MAX_STEPS} steps` }];
        throw new AppError('bad-input', 'the range is out of bounds', { faults });
      }
      return await loginHealthSeries({ inventory, now: clock() }, { siteId, from, to, stepMs });
    },
  });

  app.route({
    ...getSurvey,
    handler: async ({ params, query, scope }) => {
      const { siteId } = await seen(scope, params.siteId);
      const questions = await survey.questions(siteId);
      const question = query.question ?? questions[0]?.question;
      if (question === undefined) return { ...emptyPage(query), questions };
      return { ...(await survey.answers(siteId, question, query)), questions };
    },
  });
};

function draftOf(text: string | undefined): PortalSiteChange {
  if (text === undefined) return {};
  let draft: unknown;
  try {
    draft = JSON.parse(text);
  } catch {
    draft = null;
  }
  if (!Value.Check(PortalSiteChange, draft)) throw new AppError('bad-input', 'the draft is no change of a site');
  return draft;
}
