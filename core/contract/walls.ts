import { type Static, type TSchema, Type } from 'typebox';
import { CAUSES, ROOT_KINDS } from '../domain/incident.ts';
import { STATES } from '../domain/state.ts';
import { SCENE_SECONDS_LEAST, SCENE_SECONDS_MOST, WALL_SCENES, WALL_THEMES, WALL_VARIANTS } from '../domain/wall.ts';
import { Moment, nullable, oneOf, RegionCodeText, StateCounts, StateText, Uuid, VillageStateCounts } from './common.ts';
import type { Contract } from './contract.ts';

const ADMINS = ['admin'] as const;

const SceneTurn = Type.Object({
  scene: oneOf(WALL_SCENES),
  seconds: Type.Integer({ minimum: SCENE_SECONDS_LEAST, maximum: SCENE_SECONDS_MOST }),
});
const LANGUAGES = ['id', 'en'] as const;

const WallForm = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
  regionCode: RegionCodeText,
  /** In their order. */
  scenes: Type.Array(SceneTurn, { minItems: 1, maxItems: 12 }),
  theme: oneOf(WALL_THEMES),
  language: oneOf(LANGUAGES),
  variant: oneOf(WALL_VARIANTS),
});
export type WallForm = Static<typeof WallForm>;

/** A large screen that shows a region without anybody signed in. */
export const Wall = Type.Intersect([
  Type.Object({ id: Uuid, regionName: Type.String(), createdAt: Moment, seenAt: nullable(Moment) }),
  WallForm,
]);
export type Wall = Static<typeof Wall>;

export const listWalls = {
  method: 'GET',
  url: '/api/v1/walls',
  summary: 'Walls of the region, by name',
  tag: 'walls',
  access: ADMINS,
  schema: { response: { 200: Type.Object({ items: Type.Array(Wall) }) } },
} as const satisfies Contract;

/** The token opens the wall at `/wall/<token>`, is told this once and kept nowhere. */
export const createWall = {
  method: 'POST',
  url: '/api/v1/walls',
  summary: 'Make a wall and its address',
  tag: 'walls',
  access: ADMINS,
  schema: { body: WallForm, response: { 201: Type.Object({ token: Type.String(), wall: Wall }) } },
} as const satisfies Contract;

export const updateWall = {
  method: 'PATCH',
  url: '/api/v1/walls/:wallId',
  summary: 'Change what a wall shows; it follows by itself',
  tag: 'walls',
  access: ADMINS,
  schema: { params: Type.Object({ wallId: Uuid }), body: Type.Partial(WallForm), response: { 200: Wall } },
} as const satisfies Contract;

export const deleteWall = {
  method: 'DELETE',
  url: '/api/v1/walls/:wallId',
  summary: 'Revoke a wall: its address shows nothing any more',
  tag: 'walls',
  access: ADMINS,
  schema: { params: Type.Object({ wallId: Uuid }), response: { 204: Type.Null() } },
} as const satisfies Contract;

const WallToken = Type.Object({ wallToken: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) });
/** A part with the moment it is of; null where it never could be made, or no scene needs it. */
const partOf = <const P extends Record<string, TSchema>>(fields: P) =>
  nullable(Type.Object({ asOf: Moment, ...fields }));

const WallCounts = {
  villages: VillageStateCounts,
  villagesInProgramme: Type.Integer(),
  villageCount: nullable(Type.Integer()),
  /** The regions one level below, by name. */
  rows: Type.Array(
    Type.Object({
      code: RegionCodeText,
      name: Type.String(),
      lat: nullable(Type.Number()),
      lng: nullable(Type.Number()),
      villages: VillageStateCounts,
      villagesInProgramme: Type.Integer(),
      agencies: StateCounts,
      agenciesPlanned: Type.Integer(),
      shelters: StateCounts,
    }),
  ),
};
const WallIncident = Type.Object({
  startedAt: Moment,
  rootKind: oneOf(ROOT_KINDS),
  /** The regency, or the region of the wall where it reaches over several. */
  regionName: Type.String(),
  /** What it hangs on; null on a public wall, and where it lies outside. */
  root: nullable(Type.Object({ deviceName: Type.String(), siteName: Type.String(), place: Type.String() })),
  cause: oneOf(CAUSES),
  villages: Type.Integer(),
  agencies: Type.Integer(),
  population: Type.Integer(),
  devices: Type.Integer(),
});
export type WallIncident = Static<typeof WallIncident>;

export const getWall = {
  method: 'GET',
  url: '/api/v1/wall/:wallToken',
  summary: 'Everything that a wall shows now; whoever has its token may ask',
  tag: 'walls',
  access: 'public',
  schema: {
    params: WallToken,
    response: {
      200: Type.Object({
        wall: Type.Object({
          /** Null on a public wall. */
          name: nullable(Type.String()),
          region: Type.Object({ code: RegionCodeText, name: Type.String() }),
          scenes: Type.Array(SceneTurn),
          theme: oneOf(WALL_THEMES),
          language: oneOf(LANGUAGES),
          variant: oneOf(WALL_VARIANTS),
        }),
        /** Another one: the web was built anew. */
        build: Type.String(),
        asOf: Moment,
        counts: partOf(WallCounts),
        /** Villages of the programme: longitude, latitude, and state as its place in `VILLAGE_STATES`. */
        map: partOf({ points: Type.Array(Type.Array(Type.Number(), { minItems: 3, maxItems: 3 })) }),
        /** The heaviest first, eight at most. */
        incidents: partOf({
          total: Type.Integer(),
          waiting: Type.Integer(),
          lastEndedAt: nullable(Moment),
          rows: Type.Array(WallIncident),
        }),
        /** Agencies that are not well, and how many are not shown; none by name on a public wall. */
        agencies: partOf({
          omitted: Type.Integer(),
          items: Type.Array(
            Type.Object({ name: Type.String(), regionName: Type.String(), state: oneOf([...STATES, 'planned']) }),
          ),
        }),
        /** People online since midnight of the province, `stepMs` apart, where devices tell. */
        online: partOf({
          now: nullable(Type.Integer()),
          from: Moment,
          stepMs: Type.Integer(),
          points: Type.Array(nullable(Type.Number())),
        }),
        /** Cameras and web sites; those down first, none by name on a public wall. */
        eyes: partOf({
          cameras: StateCounts,
          webSites: StateCounts,
          omitted: Type.Integer(),
          items: Type.Array(
            Type.Object({
              kind: oneOf(['camera', 'web-site'] as const),
              name: Type.String(),
              regionName: Type.String(),
              state: StateText,
            }),
          ),
        }),
      }),
    },
  },
} as const satisfies Contract;
export type WallView = Static<(typeof getWall)['schema']['response'][200]>;

/** As `getShapes`, of the regions below that of the wall. 404 `not-found` where no polygons are loaded. */
export const getWallShapes = {
  method: 'GET',
  url: '/api/v1/wall/:wallToken/shapes',
  summary: 'Polygons of the map on a wall as TopoJSON',
  tag: 'walls',
  access: 'public',
  schema: {
    params: WallToken,
    response: { 200: Type.Unsafe<object>({ type: 'object', additionalProperties: true }) },
  },
} as const satisfies Contract;
