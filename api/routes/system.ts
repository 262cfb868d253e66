import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getCatalogue, getSystem, type SystemStatus } from '../../core/contract/system.ts';
import { loadDeviceKinds } from '../../core/device-kinds.ts';
import type { PortalKinds } from '../../core/domain/portal/kinds.ts';
import { storesHealth } from '../health.ts';
import type { ApiParts } from '../parts.ts';

export const systemRoutes: FastifyPluginAsyncTypebox<ApiParts & { readonly startedAt: number }> = async (
  app,
  parts,
) => {
  const { inventory, collector, jobs, spool, clock, portal, version, startedAt } = parts;
  const deviceKinds = await loadDeviceKinds();

  app.route({
    ...getSystem,
    handler: async (): Promise<SystemStatus> => {
      const stores = (await storesHealth(parts)).map((store) => ({ ...store }));
      return {
        version,
        startedAt,
        now: clock(),
        stores,
        spool: { ...spool.status() },
        collector: collector === null ? null : { ...collector.stats(), blind: collector.isBlind() },
        // Nothing is known of them while the store is away, and that is said above.
        collectors: stores.some(({ name, ok }) => name === 'inventory' && !ok) ? [] : await collectorsOf(inventory),
        jobs: jobs.status().map((job) => ({ ...job })),
      };
    },
  });

  app.route({
    ...getCatalogue,
    handler: async () => ({
      deviceKinds: [...deviceKinds].map(([id, { title, icon, metrics }]) => ({
        id,
        title: `device-kind.${id}`,
        label: title,
        icon,
        metrics: [...metrics],
        settings: null,
      })),
      credentialKinds: [...inventory.credentials.kinds].map(([id, { title, settings, secrets }]) => ({
        id,
        title: `credential-kind.${id}`,
        label: title,
        icon: null,
        metrics: [],
        settings,
        secrets: [...secrets],
      })),
      probes: [...(inventory.devices.probes ?? [])].map(([id, { title, settings }]) => ({
        id,
        title: `probe.${id}`,
        label: title,
        icon: null,
        metrics: [],
        settings,
      })),
      channelKinds: [...inventory.channels.kinds].map(([id, { title, settings, secrets, recipient }]) => ({
        id,
        title: `channel-kind.${id}`,
        label: title,
        icon: null,
        metrics: [],
        settings,
        secrets: [...secrets],
        recipient,
      })),
      portalGateways: portalKinds(portal.gateways),
      portalMethods: portalKinds(portal.methods),
    }),
  });
};

const portalKinds = (kinds: PortalKinds) =>
  [...kinds].map(([id, { title, settings, secrets }]) => ({
    id,
    title: `portal-kind.${id}`,
    label: title,
    icon: null,
    metrics: [],
    settings,
    secrets: [...secrets],
  }));

async function collectorsOf({
  heartbeats,
}: Pick<ApiParts['inventory'], 'heartbeats'>): Promise<SystemStatus['collectors']> {
  const beats = await heartbeats.all();
  return beats.map(({ collector, ...beat }) => ({ name: collector, ...beat }));
}
