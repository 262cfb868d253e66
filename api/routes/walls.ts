import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { createWall, deleteWall, getWall, getWallShapes, listWalls, updateWall } from '../../core/contract/walls.ts';
import { AppError } from '../../core/domain/errors.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import { createRegionShapes } from '../../core/regions/region-shapes.ts';
import { makeWall, wallDoor } from '../../core/services/wall.ts';
import type { ApiParts } from '../parts.ts';
import type { Counts } from '../read-models/counts.ts';
import type { Reachability } from '../read-models/reachability.ts';
import { levelBelow, wallViews } from '../read-models/wall.ts';
import type { Scope } from '../scope.ts';

type Deps = Pick<ApiParts, 'inventory' | 'series' | 'clock' | 'siteDir' | 'version'> & {
  readonly counts: Counts;
  readonly reachability: Reachability;
};

const SHAPES_ZOOM = 8;

/** Tells one build of the web from another: its page names every script by what is in it. */
async function buildOf({ siteDir, version }: Pick<Deps, 'siteDir' | 'version'>): Promise<string> {
  const page = siteDir === null ? '' : await readFile(join(siteDir, 'index.html'), 'utf8').catch(() => '');
  return createHash('sha256').update(`${version} ${page}`).digest('hex').slice(0, 12);
}

export const wallRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { inventory, clock } = deps;
  const { walls, regions } = inventory;
  const door = wallDoor({ walls, clock });
  const views = wallViews(deps, await buildOf(deps));
  const shapes = createRegionShapes(inventory);

  async function admitRegion(scope: Scope, code: RegionCode): Promise<void> {
    scope.admitRegion(code);
    if ((await regions.get(code)) === null) throw new AppError('not-found', 'there is no such region here');
  }

  app.route({ ...listWalls, handler: async ({ scope }) => ({ items: await walls.list(scope.grant) }) });

  app.route({
    ...createWall,
    handler: async ({ body, scope }) => {
      await admitRegion(scope, body.regionCode);
      return await makeWall({ walls, clock }, body);
    },
  });

  app.route({
    ...updateWall,
    handler: async ({ params, body, scope }) => {
      scope.admit(await walls.get(params.wallId));
      if (body.regionCode !== undefined) await admitRegion(scope, body.regionCode);
      return scope.admit(await walls.update(params.wallId, body));
    },
  });

  app.route({
    ...deleteWall,
    handler: async ({ params, scope }) => {
      scope.admit(await walls.get(params.wallId));
      await walls.remove(params.wallId);
      return null;
    },
  });

  app.route({
    ...getWall,
    handler: async ({ params, ip }) => await views.get(await door(params.wallToken, ip)),
  });

  app.route({
    ...getWallShapes,
    handler: async ({ params, ip }, reply) => {
      const { regionCode } = await door(params.wallToken, ip);
      const shape = await shapes.get({ parent: regionCode, level: levelBelow(regionCode), zoom: SHAPES_ZOOM });
      if (shape === null) throw new AppError('not-found', 'no polygons of these regions are loaded');
      reply.header('etag', `W/${shape.etag}`).type('application/json; charset=utf-8');
      return reply.send(Buffer.from(shape.json));
    },
  });
};
