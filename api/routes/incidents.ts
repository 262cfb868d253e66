import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import {
  acknowledgeIncident,
  assignIncident,
  commentIncident,
  getIncident,
  listAffectedSites,
  listAssignees,
  listCorrections,
  listIncidents,
  mergeIncident,
  resolveIncident,
  splitIncident,
  unacknowledgeIncident,
} from '../../core/contract/incidents.ts';
import { AppError } from '../../core/domain/errors.ts';
import { acknowledgeIncident as acknowledge } from '../../core/services/incidents/acknowledge.ts';
import { assignIncident as assign } from '../../core/services/incidents/assign.ts';
import { commentIncident as comment } from '../../core/services/incidents/comment.ts';
import { mergeIncidents as merge } from '../../core/services/incidents/merge.ts';
import { resolveIncident as resolve } from '../../core/services/incidents/resolve.ts';
import { splitIncident as split } from '../../core/services/incidents/split.ts';
import { unacknowledgeIncident as unacknowledge } from '../../core/services/incidents/unacknowledge.ts';
import type { ApiParts } from '../parts.ts';
import { accountIdOf } from '../plugins/authorise.ts';
import { incidentDetail, shownIncident } from '../read-models/incident.ts';
import { emptyPage } from '../scope.ts';

export const incidentRoutes: FastifyPluginAsyncTypebox<
  Pick<ApiParts, 'inventory' | 'series' | 'bus' | 'clock' | 'log'>
> = async (app, { inventory, series, bus, clock, log }) => {
  const parts = { inventory, series, bus, clock, log };

  const detail = async ({ scope }: Pick<FastifyRequest, 'scope'>, id: string) => {
    const found = await incidentDetail(inventory, scope, id);
    if (found === null) throw new AppError('not-found', 'there is no such incident here');
    return found;
  };
  /** One that reaches beyond the region may be seen and spoken of, and is worked on by those who hold for all of it. */
  const requireMine = async (request: Pick<FastifyRequest, 'scope'>, id: string): Promise<void> => {
    const incident = await inventory.incidents.get(id, request.scope.holds);
    if (incident === null) throw new AppError('not-found', 'there is no such incident here');
    if (!request.scope.covers(incident.regionCode))
      throw new AppError('forbidden', 'this incident reaches beyond the region of the account');
  };

  app.route({
    ...listIncidents,
    handler: async ({ query, scope }) => {
      const within = scope.within(query);
      if (within === null) return emptyPage(query);
      const found = await inventory.incidents.list({ ...query, ...within }, scope.holds);
      return { ...found, items: found.items.map((incident) => shownIncident(scope, incident)) };
    },
  });

  app.route({ ...getIncident, handler: (request) => detail(request, request.params.incidentId) });

  app.route({
    ...listAffectedSites,
    handler: async ({ params: { incidentId }, query, scope }) => {
      if ((await inventory.incidents.get(incidentId, scope.holds)) === null)
        throw new AppError('not-found', 'there is no such incident here');
      return await inventory.incidents.sites(incidentId, query, scope.holds);
    },
  });

  app.route({
    ...listAssignees,
    handler: async ({ params, scope }) => {
      const incident = await inventory.incidents.get(params.incidentId, scope.holds);
      if (incident === null) throw new AppError('not-found', 'there is no such incident here');
      return { items: await inventory.incidents.assignees(incident.regionCode) };
    },
  });

  app.route({
    ...acknowledgeIncident,
    handler: async (request) => {
      const { incidentId } = request.params;
      await requireMine(request, incidentId);
      await acknowledge(parts, incidentId, accountIdOf(request));
      return await detail(request, incidentId);
    },
  });

  app.route({
    ...unacknowledgeIncident,
    handler: async (request) => {
      const { incidentId } = request.params;
      await requireMine(request, incidentId);
      await unacknowledge(parts, incidentId, accountIdOf(request));
      return await detail(request, incidentId);
    },
  });

  app.route({
    ...assignIncident,
    handler: async (request) => {
      const { incidentId } = request.params;
      await requireMine(request, incidentId);
      await assign(parts, incidentId, { to: request.body.accountId, accountId: accountIdOf(request) });
      return await detail(request, incidentId);
    },
  });

  app.route({
    ...commentIncident,
    handler: async (request) => {
      const { incidentId } = request.params;
      await detail(request, incidentId);
      await comment(parts, incidentId, { text: request.body.text, accountId: accountIdOf(request) });
      return await detail(request, incidentId);
    },
  });

  app.route({
    ...mergeIncident,
    handler: async (request) => {
      const { incidentId } = request.params;
      const { incidentIds } = request.body;
      for (const id of [incidentId, ...incidentIds]) await requireMine(request, id);
      await merge(parts, incidentId, { others: incidentIds, accountId: accountIdOf(request) });
      return await detail(request, incidentId);
    },
  });

  app.route({
    ...splitIncident,
    handler: async (request) => {
      const { incidentId } = request.params;
      await requireMine(request, incidentId);
      const { outageIds } = request.body;
      return await detail(request, await split(parts, incidentId, { outageIds, accountId: accountIdOf(request) }));
    },
  });

  app.route({
    ...resolveIncident,
    handler: async (request) => {
      const { incidentId } = request.params;
      await requireMine(request, incidentId);
      await resolve(parts, incidentId, { ...request.body, accountId: accountIdOf(request) });
      return await detail(request, incidentId);
    },
  });

  app.route({
    ...listCorrections,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      return { items: region === null ? [] : await inventory.incidents.corrections({ ...query, region }) };
    },
  });
};
