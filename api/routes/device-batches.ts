import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changeDevices, undoBatch } from '../../core/contract/device-batches.ts';
import { changeDevices as change, undoBatch as undo } from '../../core/services/device-batch.ts';
import type { ApiParts } from '../parts.ts';
import { accountIdOf } from '../plugins/authorise.ts';
import type { Changed } from '../read-models/changed.ts';

export const deviceBatchRoutes: FastifyPluginAsyncTypebox<
  Pick<ApiParts, 'inventory' | 'clock'> & { readonly changed: Changed }
> = async (app, { inventory, clock, changed }) => {
  const parts = { inventory, clock };

  app.route({
    ...changeDevices,
    handler: async (request) => {
      const { body, query, scope } = request;
      const { siteId } = body.change;
      const site = siteId === undefined ? null : scope.admit(await inventory.sites.get(siteId), siteId);
      const { regionCode, ...result } = await change(parts, {
        ...body,
        site,
        accountId: accountIdOf(request),
        sees: scope.sees,
        dryRun: query.dryRun ?? true,
      });
      if (result.id !== null) changed({ regionCode });
      return result;
    },
  });

  app.route({
    ...undoBatch,
    handler: async (request) => {
      const { restored, regionCode } = await undo(parts, request.params.batchId, accountIdOf(request));
      changed({ regionCode });
      return { restored };
    },
  });
};
