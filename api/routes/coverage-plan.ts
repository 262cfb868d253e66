import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  getPlanFile,
  getPlanTable,
  getProgramme,
  getTrend,
  listGaps,
  listPlanVillages,
  setProgramme,
} from '../../core/contract/coverage-plan.ts';
import type { ApiParts } from '../parts.ts';
import { accountIdOf } from '../plugins/authorise.ts';
import type { Changed } from '../read-models/changed.ts';
import { planFile } from '../read-models/coverage-file.ts';
import { gaps } from '../read-models/coverage-gaps.ts';
import { type PlanDeps, planTable, planVillages, programmeOf } from '../read-models/coverage-plan.ts';
import { coverageTrend } from '../read-models/coverage-trend.ts';

type Deps = PlanDeps & Pick<ApiParts, 'series'> & { readonly changed: Changed };

/** What a planner asks: where each village stands, what lies behind each figure, and what would connect the rest. */
export const coveragePlanRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { inventory, clock, changed } = deps;
  const trend = coverageTrend(deps);

  app.route({ ...getPlanTable, handler: ({ query, scope }) => planTable(deps, scope, query) });
  app.route({ ...listPlanVillages, handler: ({ query, scope }) => planVillages(deps, scope, query) });
  app.route({ ...listGaps, handler: ({ query, scope }) => gaps(inventory, scope, query) });
  app.route({ ...getTrend, handler: ({ query, scope }) => trend(scope, query) });

  app.route({
    ...getPlanFile,
    handler: async ({ query, scope }, reply) => {
      const file = await planFile(deps, scope, query);
      return reply
        .type(file.contentType)
        .header('content-disposition', `attachment; filename="${file.fileName}"`)
        .send(file.bytes);
    },
  });

  app.route({
    ...getProgramme,
    handler: async ({ params, scope }) => {
      scope.admitRegion(params.code);
      return await programmeOf(inventory, params.code);
    },
  });

  app.route({
    ...setProgramme,
    handler: async (request) => {
      const { params, body, scope } = request;
      const { code } = params;
      scope.admitRegion(code);
      const word = { ...body, accountId: accountIdOf(request), at: clock() };
      if (await inventory.programme.say(code, word)) changed({ regionCode: code });
      return await programmeOf(inventory, code);
    },
  });
};
