import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getCoverage, getMap, getSummary } from '../../core/contract/coverage.ts';
import { getVillage } from '../../core/contract/sites.ts';
import { type CoverageDeps, coverageTable, mapPoints, summary } from '../read-models/coverage.ts';
import { village } from '../read-models/village.ts';

export const coverageRoutes: FastifyPluginAsyncTypebox<CoverageDeps> = async (app, deps) => {
  app.route({ ...getCoverage, handler: ({ query, scope }) => coverageTable(deps, scope, query) });
  app.route({ ...getSummary, handler: ({ query, scope }) => summary(deps, scope, query.region) });
  app.route({ ...getMap, handler: ({ query, scope }) => mapPoints(deps, scope, query.region) });
  app.route({ ...getVillage, handler: ({ params, scope }) => village(deps, scope, params.code) });
};
