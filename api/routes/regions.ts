import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getRegion, getShapes, listRegions } from '../../core/contract/regions.ts';
import { HOUR } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { REGION_LEVELS, regionLevel } from '../../core/domain/region.ts';
import { createRegionShapes } from '../../core/regions/region-shapes.ts';
import { pack, packingFor } from '../packing.ts';
import type { ApiParts } from '../parts.ts';
import { memo } from '../read-models/memo.ts';
import { emptyPage } from '../scope.ts';

const DEFAULT_ZOOM = 8;

export const regionRoutes: FastifyPluginAsyncTypebox<Pick<ApiParts, 'inventory' | 'clock'>> = async (
  app,
  { inventory, clock },
) => {
  const { regions } = inventory;
  const shapes = createRegionShapes(inventory);
  const packed = memo<Buffer>({ clock, freshMs: HOUR, entries: 64 });

  app.route({
    ...listRegions,
    handler: async ({ query, scope }) => {
      const region = scope.narrow(query.region);
      return region === null ? emptyPage(query) : await regions.list({ ...query, region });
    },
  });

  app.route({
    ...getRegion,
    handler: async ({ params, scope }) => {
      scope.admitRegion(params.code);
      const region = await regions.get(params.code);
      if (region === null) throw new AppError('not-found', 'there is no such region');
      return { ...region, ancestors: await regions.ancestors(params.code) };
    },
  });

  app.route({
    ...getShapes,
    handler: async (request, reply) => {
      const { params, query, scope } = request;
      scope.admitRegion(params.code);
      const own = regionLevel(params.code);
      const level = query.level ?? REGION_LEVELS[REGION_LEVELS.indexOf(own) + 1] ?? own;
      const shape = await shapes.get({ parent: params.code, level, zoom: query.zoom ?? DEFAULT_ZOOM });
      if (shape === null) throw new AppError('not-found', 'no polygons of these regions are loaded');
      const packing = packingFor(request.headers['accept-encoding']);
      if (packing !== 'identity') reply.header('content-encoding', packing);
      reply.header('etag', `W/${shape.etag}`).header('vary', 'accept-encoding').type('application/json; charset=utf-8');
      // Polygons change once a year and are asked for by every screen.
      return reply.send(await packed.get(`${packing} ${shape.etag}`, () => pack(shape.json, packing, 'kept')));
    },
  });
};
