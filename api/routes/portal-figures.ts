import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getPortalFigures, getPortalFiguresFile } from '../../core/contract/portal/figure-routes.ts';
import { AppError } from '../../core/domain/errors.ts';
import { type Zone, zoneOf } from '../../core/domain/zone.ts';
import { portalFigures, portalFiguresCsv } from '../../core/services/portal/portal-figures.ts';
import type { ApiParts } from '../parts.ts';
import type { Scope } from '../scope.ts';

/** Days are those of the province. */
export async function homeZone({ settings }: Pick<ApiParts['inventory'], 'settings'>): Promise<Zone> {
  const province = await settings.get('province');
  return zoneOf(typeof province === 'string' ? province : '');
}

export const portalFigureRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  const partsOf = async () => ({ inventory, zone: await homeZone(inventory), now: clock() });
  function within(scope: Scope, asked: string | undefined) {
    const region = scope.narrow(asked);
    if (region === null) throw new AppError('not-found', 'there is no such region here');
    return region;
  }

  app.route({
    ...getPortalFigures,
    handler: async ({ query, scope }) =>
      await portalFigures(await partsOf(), { region: within(scope, query.region), days: query.days ?? 1 }),
  });

  app.route({
    ...getPortalFiguresFile,
    handler: async ({ query, scope }, reply) => {
      const { days = 1, language = 'id' } = query;
      const region = within(scope, query.region);
      const { fileName, bytes } = await portalFiguresCsv(await partsOf(), { region, days, language });
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${fileName}"`)
        .send(bytes);
    },
  });
};
