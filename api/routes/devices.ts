import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  createDevice,
  deleteDevice,
  getDevice,
  listDevices,
  listInterfaces,
  listReadings,
  listStates,
  updateDevice,
} from '../../core/contract/devices.ts';
import { getPoll } from '../../core/contract/poll.ts';
import { querySeries } from '../../core/contract/series.ts';
import { pollNow } from '../../core/contract/system.ts';
import { DAY } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { createPollAsks } from '../../core/services/poll-asks.ts';
import type { ApiParts } from '../parts.ts';
import type { Changed } from '../read-models/changed.ts';
import { deviceDetail, interfacesWithRates } from '../read-models/device.ts';
import { parentsOf } from '../read-models/parents.ts';
import type { Reachability } from '../read-models/reachability.ts';
import { readingsOf } from '../read-models/readings.ts';
import { seriesColumns } from '../read-models/series.ts';
import { emptyPage, type Scope } from '../scope.ts';

type Deps = Pick<ApiParts, 'inventory' | 'series' | 'clock' | 'collector' | 'bus'> & {
  readonly reachability: Reachability;
  readonly changed: Changed;
};
const MAX_STATES_RANGE_MS = 400 * DAY;

export const deviceRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { inventory, series, collector, changed } = deps;
  const { devices, sites, statuses } = inventory;
  const asks = createPollAsks(deps);
  app.addHook('onClose', async () => asks.close());

  const seen = async (scope: Scope, deviceId: string) => scope.admit(await devices.get(deviceId));

  /** What a device is tied to must be seen too. */
  async function admitTies(scope: Scope, ties: { readonly siteId?: string; readonly parentIds?: readonly string[] }) {
    if (ties.siteId !== undefined) scope.admit(await sites.get(ties.siteId));
    for (const parentId of ties.parentIds ?? []) await seen(scope, parentId);
  }

  app.route({
    ...listDevices,
    handler: async ({ query, scope }) => {
      const within = scope.within(query);
      return within === null ? emptyPage(query) : await devices.list({ ...query, ...within });
    },
  });

  app.route({
    ...getDevice,
    handler: async ({ params, scope }) => deviceDetail(deps, scope, await seen(scope, params.deviceId)),
  });

  app.route({
    ...listInterfaces,
    handler: async ({ params, scope }) => interfacesWithRates(deps, await seen(scope, params.deviceId)),
  });

  app.route({
    ...listReadings,
    handler: async ({ params, scope }) => readingsOf(deps, await seen(scope, params.deviceId)),
  });

  app.route({
    ...listStates,
    handler: async ({ params, query, scope }) => {
      const { id } = await seen(scope, params.deviceId);
      const { from, to } = query;
      if (to <= from || to - from > MAX_STATES_RANGE_MS) {
        const faults = [{ field: '/to', reason: 'must be after from, and by at most 400 days' }];
        throw new AppError('bad-input', 'the range is out of bounds', { faults });
      }
      return { spans: (await statuses.spans([id], from, to)).get(id) ?? [] };
    },
  });

  app.route({
    ...querySeries,
    handler: async ({ params, query, scope }) => seriesColumns(series, await seen(scope, params.deviceId), query),
  });

  app.route({
    ...createDevice,
    handler: async ({ body, scope }) => {
      await admitTies(scope, body);
      return changed(await devices.create(body));
    },
  });

  app.route({
    ...updateDevice,
    handler: async ({ params, body, scope }) => {
      await seen(scope, params.deviceId);
      await admitTies(scope, body);
      const { expected, ...change } = body;
      // What whoever changes it may not see stays as it is.
      const { hiddenIds } = await parentsOf(inventory, scope, params.deviceId);
      return changed(
        await devices.update(params.deviceId, withParents(change, hiddenIds), withParents(expected ?? {}, hiddenIds)),
      );
    },
  });

  app.route({
    ...deleteDevice,
    handler: async ({ params, scope }) => {
      const device = await seen(scope, params.deviceId);
      await devices.remove(device.id);
      changed(device);
      return null;
    },
  });

  app.route({
    ...pollNow,
    handler: async ({ params, scope }) => {
      const { id } = await seen(scope, params.deviceId);
      const ask = asks.ask(id);
      return { queued: collector !== null && (await isTaken(collector.pollNow(id))), ask };
    },
  });

  app.route({
    ...getPoll,
    handler: async ({ params, scope }) => {
      const { id } = await seen(scope, params.deviceId);
      const ask = asks.get(id, params.askId);
      if (ask === null) throw new AppError('not-found', 'there is no such question, or no longer');
      return ask;
    },
  });
};

const withParents = <T extends { readonly parentIds?: string[] }>(fields: T, hiddenIds: readonly string[]): T =>
  fields.parentIds === undefined ? fields : { ...fields, parentIds: [...fields.parentIds, ...hiddenIds] };

/** Whether a collector took a device on, without waiting until it was asked. */
async function isTaken(polled: boolean | Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const underWay = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, 100, true);
  });
  return await Promise.race([polled, underWay]).finally(() => clearTimeout(timer));
}
