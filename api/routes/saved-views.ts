import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { EDITORS } from '../../core/contract/contract.ts';
import { deleteView, listViews, saveView } from '../../core/contract/saved-views.ts';
import { AppError } from '../../core/domain/errors.ts';
import { isRegionCode } from '../../core/domain/region.ts';
import type { ApiParts } from '../parts.ts';
import { accountIdOf } from '../plugins/authorise.ts';

export const savedViewRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  const { savedViews } = inventory;

  app.route({
    ...listViews,
    handler: async (request) => {
      const { query, scope } = request;
      const views = await savedViews.list(query.screen, accountIdOf(request), scope.grant);
      // One that is shared from above may be of a region that this account does not hold.
      const items = views.filter(({ search: { region } }) => {
        return region === undefined || (isRegionCode(region) && scope.narrow(region) !== null);
      });
      return { items };
    },
  });

  app.route({
    ...saveView,
    handler: async (request) => {
      const { body, scope } = request;
      const { isShared, ...view } = body;
      if (isShared && !EDITORS.some((role) => role === scope.role))
        throw new AppError('forbidden', 'only admins and engineers share views');
      const by = { accountId: accountIdOf(request), at: clock() };
      const saved = await savedViews.save({ ...view, sharedWith: isShared ? scope.grant : null }, by);
      if (saved === null) throw new AppError('conflict', 'there are too many views of this list: remove one first');
      return saved;
    },
  });

  app.route({
    ...deleteView,
    handler: async (request) => {
      if (!(await savedViews.remove(request.params.viewId, accountIdOf(request))))
        throw new AppError('not-found', 'there is no such view of yours');
      return null;
    },
  });
};
