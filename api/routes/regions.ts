import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { getRegion, getShapes, listRegions } from '../../core/contract/regions.ts';
import { HOUR } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import { REGION_LEVELS, regionLevel } from '../../core/domain/region.ts';
import { createRegionShapes } from '../../core/regions/region-shapes.ts';
import type { ApiParts } from '../parts.ts';
import { memo } from '../read-models/memo.ts';
import { emptyPage } from '../scope.ts';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
const DEFAULT_ZOOM = 8;

/** Polygons change once a year and are asked for by every screen: they are packed once, and tighter than the rest. */
const PACK = {
  br: (text: string) => brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (text: string) => zip(text, { level: 9 }),
  identity: async (text: string) => Buffer.from(text),
} as const;

/** What a browser that names it at all takes; `q=0` is not used by any. */
function encodingFor(accepted: string | string[] | undefined): 'br' | 'gzip' | null {
  const names = String(accepted ?? '')
    .split(',')
    .map((name) => name.split(';', 1)[0]?.trim());
  return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : null;
}

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
      const encoding = encodingFor(request.headers['accept-encoding']);
      if (encoding !== null) reply.header('content-encoding', encoding);
      reply.header('etag', `W/${shape.etag}`).header('vary', 'accept-encoding').type('application/json; charset=utf-8');
      return reply.send(await packed.get(`${encoding} ${shape.etag}`, () => PACK[encoding ?? 'identity'](shape.json)));
    },
  });
};
