import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { createPlan, deletePlan, listPlans, updatePlan } from '../../core/contract/portal/plan-routes.ts';
import type { ApiParts } from '../parts.ts';

/** Plans belong to no region: only who holds for every region changes them. */
export const portalPlanRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  const { plans } = inventory.portal;

  app.route({ ...listPlans, handler: async () => ({ items: await plans.list() }) });

  app.route({
    ...createPlan,
    handler: async ({ body, scope }) => {
      scope.requireEverywhere();
      return await plans.create(body, clock());
    },
  });

  app.route({
    ...updatePlan,
    handler: async ({ params, body, scope }) => {
      scope.requireEverywhere();
      return await plans.update(params.planId, body, clock());
    },
  });

  app.route({
    ...deletePlan,
    handler: async ({ params, scope }) => {
      scope.requireEverywhere();
      await plans.remove(params.planId);
      return null;
    },
  });
};
