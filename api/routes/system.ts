import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getCatalogue, getSystem, type SystemStatus } from '../../core/contract/system.ts';
import { loadDeviceKinds } from '../../core/device-kinds.ts';
import { storesHealth } from '../health.ts';
import type { ApiParts } from '../parts.ts';

export const systemRoutes: FastifyPluginAsyncTypebox<ApiParts & { readonly startedAt: number }> = async (
  app,
  parts,
) => {
  const { inventory, collector, jobs, spool, clock, version, startedAt } = parts;
  const deviceKinds = await loadDeviceKinds();

  app.route({
    ...getSystem,
    handler: async (): Promise<SystemStatus> => ({
      version,
      startedAt,
      now: clock(),
      stores: (await storesHealth(parts)).map((store) => ({ ...store })),
      spool: { ...spool.status() },
      collector: collector === null ? null : { ...collector.stats(), blind: collector.isBlind() },
      jobs: jobs.status().map((job) => ({ ...job })),
    }),
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
      credentialKinds: [...inventory.credentials.kinds].map(([id, { title, settings }]) => ({
        id,
        title: `credential-kind.${id}`,
        label: title,
        icon: null,
        metrics: [],
        settings,
      })),
      probes: [...(inventory.devices.probes ?? [])].map(([id, { title, settings }]) => ({
        id,
        title: `probe.${id}`,
        label: title,
        icon: null,
        metrics: [],
        settings,
      })),
    }),
  });
};
