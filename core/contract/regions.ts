import { type Static, Type } from 'typebox';
import { PROGRAMME_STATUSES, REGION_LEVELS } from '../domain/region.ts';
import { nullable, oneOf, PageQuery, pageOf, RegionCodeText } from './common.ts';
import type { Contract } from './contract.ts';

export const Region = Type.Object({
  code: RegionCodeText,
  level: oneOf(REGION_LEVELS),
  parentCode: nullable(RegionCodeText),
  name: Type.String(),
  lat: nullable(Type.Number()),
  lng: nullable(Type.Number()),
  /** True where the point is only its district's. */
  pointIsApproximate: Type.Boolean(),
  areaKm2: nullable(Type.Number()),
  population: nullable(Type.Integer()),
  desaCount: nullable(Type.Integer()),
  kelurahanCount: nullable(Type.Integer()),
  programme: nullable(oneOf(PROGRAMME_STATUSES)),
  programmeNote: nullable(Type.String()),
  edition: Type.String(),
  retired: Type.Boolean(),
});
export type Region = Static<typeof Region>;

export const listRegions = {
  method: 'GET',
  url: '/api/v1/regions',
  summary: 'Regions by parent, level or name',
  tag: 'regions',
  access: 'signed-in',
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      Type.Object({
        parent: Type.Optional(RegionCodeText),
        region: Type.Optional(RegionCodeText),
        level: Type.Optional(oneOf(REGION_LEVELS)),
        q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      }),
    ]),
    response: { 200: pageOf(Region) },
  },
} as const satisfies Contract;

export const getRegion = {
  method: 'GET',
  url: '/api/v1/regions/:code',
  summary: 'One region with its ancestors',
  tag: 'regions',
  access: 'signed-in',
  schema: {
    params: Type.Object({ code: RegionCodeText }),
    response: { 200: Type.Intersect([Region, Type.Object({ ancestors: Type.Array(Region) })]) },
  },
} as const satisfies Contract;

/**
 * Polygons of the regions of `level` inside `code` as TopoJSON (object `regions`, each geometry with `id` = code and
 * property `name`), simplified for a web-map zoom (0 world … 14 street). 404 `not-found` where none are loaded.
 */
export const getShapes = {
  method: 'GET',
  url: '/api/v1/regions/:code/shapes',
  summary: 'Polygons inside a region, simplified for a zoom, as TopoJSON',
  tag: 'regions',
  access: 'signed-in',
  schema: {
    params: Type.Object({ code: RegionCodeText }),
    querystring: Type.Object({
      level: Type.Optional(oneOf(REGION_LEVELS)),
      zoom: Type.Optional(Type.Integer({ minimum: 0, maximum: 14, default: 8 })),
    }),
    response: { 200: Type.Unsafe<object>({ type: 'object', additionalProperties: true }) },
  },
} as const satisfies Contract;
