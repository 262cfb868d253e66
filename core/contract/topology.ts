import { type Static, Type } from 'typebox';
import { MEDIA } from '../domain/medium.ts';
import { SITE_KINDS } from '../domain/site.ts';
import { Moment, nullable, oneOf, RegionCodeText, RegionQuery, Uuid } from './common.ts';
import type { Contract } from './contract.ts';

/** Most devices and edges of one picture; `leftOut` of the answer says how many devices there are beyond. */
export const MOST_DEVICES = 20_000;
export const MOST_EDGES = 30_000;

const Index = Type.Integer({ minimum: 0 });
/** A place in another column; -1 where there is none, or none that may be seen. */
const IndexOrNone = Type.Integer({ minimum: -1 });

/**
 * Devices and what ties them, as columns: the nth of each belongs to the nth device, site, edge or link. An edge runs
 * from what depends to what it is reached through; an end beyond what may be seen is -1 and has no name.
 */
export const Topology = Type.Object({
  /** Changes with the structure, and with it alone. */
  version: Type.String(),
  leftOut: Type.Integer(),
  sites: Type.Object({
    ids: Type.Array(Uuid),
    names: Type.Array(Type.String()),
    kinds: Type.Array(oneOf(SITE_KINDS)),
    regionCodes: Type.Array(RegionCodeText),
    lats: Type.Array(nullable(Type.Number())),
    lngs: Type.Array(nullable(Type.Number())),
    /** Who lives in the region that it stands in, where that is known. */
    people: Type.Array(nullable(Type.Integer())),
  }),
  devices: Type.Object({
    ids: Type.Array(Uuid),
    names: Type.Array(Type.String()),
    kinds: Type.Array(Type.String()),
    sites: Type.Array(Index),
  }),
  edges: Type.Object({
    from: Type.Array(Index),
    to: Type.Array(IndexOrNone),
    links: Type.Array(IndexOrNone),
    /** `1` where the one depends on the other, `0` where a link merely joins them; a letter an edge. */
    depends: Type.String(),
  }),
  links: Type.Object({
    ids: Type.Array(Uuid),
    names: Type.Array(Type.String()),
    media: Type.Array(oneOf(MEDIA)),
    /** Mbit/s of its contract; else of its port. */
    capacityMbps: Type.Array(nullable(Type.Number())),
    /** `c` contract, `p` port, `-` neither; a letter a link. */
    capacityOf: Type.String(),
  }),
});
export type Topology = Static<typeof Topology>;

export const TopologyNow = Type.Object({
  /** Of the structure that its columns belong to. */
  version: Type.String(),
  asOf: Moment,
  /** A letter a device. */
  devices: Type.String(),
  /** A letter a link. */
  links: Type.String(),
  /** bit/s of the busier direction, the latest five-minute mean. */
  bps: Type.Array(nullable(Type.Number())),
  /** bit/s of the busier direction in the busiest hour of the last 24. */
  peakBps: Type.Array(nullable(Type.Number())),
});
export type TopologyNow = Static<typeof TopologyNow>;

export const getTopology = {
  method: 'GET',
  url: '/api/v1/topology',
  summary: 'Devices and what ties them, without states',
  tag: 'topology',
  access: 'signed-in',
  schema: { querystring: RegionQuery, response: { 200: Topology } },
} as const satisfies Contract;

export const getTopologyNow = {
  method: 'GET',
  url: '/api/v1/topology/now',
  summary: 'States of devices and links, and what the links carry',
  tag: 'topology',
  access: 'signed-in',
  schema: { querystring: RegionQuery, response: { 200: TopologyNow } },
} as const satisfies Contract;
