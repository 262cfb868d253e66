import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  getReportPhoto,
  getReportPolicy,
  listSiteReports,
  listVillageReports,
  setReportPolicy,
} from '../../core/contract/site-reports.ts';
import { AppError } from '../../core/domain/errors.ts';
import { REPORT_POLICY_KEY, REPORTS_KEPT_MS } from '../../core/domain/report.ts';
import { reportPolicy, siteReports } from '../../core/services/site-reports.ts';
import type { ApiParts } from '../parts.ts';

/** Alone in a tab, a picture runs nothing and loads nothing. */
const PICTURE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

export const siteReportRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (app, deps) => {
  const { inventory, clock } = deps;

  app.route({
    ...listSiteReports,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      if (region === null) return { items: [] };
      const siteIds = query.siteId === undefined ? undefined : [query.siteId];
      return {
        items: [...(await siteReports(deps, { region, siteIds }))].map((site) => ({ ...site, kinds: [...site.kinds] })),
      };
    },
  });

  app.route({
    ...listVillageReports,
    handler: async ({ params, scope }) => {
      scope.admitRegion(params.code);
      return { items: [...(await inventory.officerReports.of(params.code, clock() - REPORTS_KEPT_MS))] };
    },
  });

  app.route({
    ...getReportPhoto,
    handler: async ({ params, scope }, reply) => {
      const photo = await inventory.officerReports.photo(params.reportId);
      if (photo === null || !scope.covers(photo.villageCode))
        throw new AppError('not-found', 'there is no such photograph here');
      return reply
        .type(photo.contentType)
        .header('content-security-policy', PICTURE_POLICY)
        .header('cache-control', 'private, max-age=86400, immutable')
        .send(photo.bytes);
    },
  });

  app.route({ ...getReportPolicy, handler: async () => ({ ...(await reportPolicy(inventory)) }) });

  app.route({
    ...setReportPolicy,
    handler: async ({ body, scope }) => {
      scope.requireEverywhere();
      await inventory.settings.set(REPORT_POLICY_KEY, body);
      return body;
    },
  });
};
