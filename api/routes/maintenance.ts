import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { cancelMaintenance, createMaintenance, listMaintenance } from '../../core/contract/maintenance.ts';
import {
  cancelMaintenance as cancel,
  regionsOf,
  setMaintenance,
} from '../../core/services/incidents/set-maintenance.ts';
import type { ApiParts } from '../parts.ts';
import { accountIdOf } from '../plugins/authorise.ts';
import { emptyPage } from '../scope.ts';

export const maintenanceRoutes: FastifyPluginAsyncTypebox<
  Pick<ApiParts, 'inventory' | 'series' | 'bus' | 'clock'>
> = async (app, { inventory, series, bus, clock }) => {
  const parts = { inventory, series, bus, clock };

  app.route({
    ...listMaintenance,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      return region === null ? emptyPage(query) : await inventory.maintenance.list({ ...query, region });
    },
  });

  app.route({
    ...createMaintenance,
    handler: async (request) => {
      for (const code of await regionsOf(parts, request.body)) request.scope.admitRegion(code);
      return await setMaintenance(parts, request.body, accountIdOf(request));
    },
  });

  app.route({
    ...cancelMaintenance,
    handler: async (request) => {
      const { windowId } = request.params;
      request.scope.admit(await inventory.maintenance.get(windowId));
      await cancel(parts, windowId, accountIdOf(request));
      return null;
    },
  });
};
