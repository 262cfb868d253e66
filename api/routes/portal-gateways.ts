import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { PortalGatewayChange } from '../../core/contract/portal/gateway.ts';
import {
  createPortalGateway,
  deletePortalGateway,
  listPortalAudit,
  listPortalGateways,
  updatePortalGateway,
} from '../../core/contract/portal/gateway-routes.ts';
import { unwatchLogins, watchLogins } from '../../core/services/portal/watch-logins.ts';
import type { ApiParts } from '../parts.ts';
import { accountIdOf } from '../plugins/authorise.ts';
import { emptyPage, type Scope } from '../scope.ts';

export const portalGatewayRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock' | 'portal'>> = async (
  app,
  { inventory, clock, portal: kinds },
) => {
  const { sites, devices, portal } = inventory;
  const { gateways, audit } = portal;

  /** What a gateway is tied to must be seen by whoever ties it. */
  async function admit(scope: Scope, { siteId, deviceId }: Pick<PortalGatewayChange, 'siteId' | 'deviceId'>) {
    if (siteId !== undefined) scope.admit(await sites.get(siteId));
    if (deviceId !== undefined && deviceId !== null) scope.admit(await devices.get(deviceId));
  }

  app.route({
    ...listPortalGateways,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      return region === null ? emptyPage(query) : await gateways.list({ ...query, region });
    },
  });

  app.route({
    ...createPortalGateway,
    handler: async (request) => {
      const { body, scope } = request;
      await admit(scope, body);
      const made = await gateways.create(body, { by: accountIdOf(request), at: clock() });
      await watchLogins(inventory, made);
      return made;
    },
  });

  app.route({
    ...updatePortalGateway,
    handler: async (request) => {
      const { params, body, scope } = request;
      const before = scope.admit(await gateways.get(params.gatewayId));
      await admit(scope, body);
      const [by, at] = [accountIdOf(request), clock()];
      const after = await gateways.update(params.gatewayId, body, { by, at });
      const known = kinds.gateways.get(after.family)?.secrets ?? before.secretsSet;
      await watchLogins(inventory, after);
      const secrets = known.filter((name) => body.settings?.[name] !== undefined);
      if (secrets.length > 0 && before.secretsSet.length > 0) {
        const what = 'gateway-settings-secret-changed';
        await audit.add({ accountId: by, what, about: after.id, detail: { names: secrets } }, at);
      }
      return after;
    },
  });

  app.route({
    ...deletePortalGateway,
    handler: async ({ params, scope }) => {
      const gateway = scope.admit(await gateways.get(params.gatewayId));
      await gateways.remove(params.gatewayId);
      await unwatchLogins(inventory, gateway);
      return null;
    },
  });

  app.route({
    ...listPortalAudit,
    handler: async ({ query, scope }) => {
      scope.requireEverywhere();
      const page = await audit.list(query);
      return {
        ...page,
        items: page.items.map(({ accountId: _, detail, ...entry }) => ({ ...entry, detail: { ...detail } })),
      };
    },
  });
};
