import { type Static, Type } from 'typebox';
import { INCIDENT_EVENTS } from '../domain/incident.ts';
import { Moment, nullable, oneOf, RegionCodeText, RegionQuery, StateText, Uuid } from './common.ts';
import type { Contract } from './contract.ts';
import { Incident } from './incidents.ts';

/** An incident that goes on, with what happened to it last. */
export const WeighedIncident = Type.Intersect([
  Incident,
  Type.Object({
    /** People cut off; an agency and a device count as some. */
    weight: Type.Integer(),
    newest: nullable(
      Type.Object({
        at: Moment,
        kind: oneOf(INCIDENT_EVENTS),
        /** Null: Simpul itself. */
        by: nullable(Type.String()),
      }),
    ),
    /** Whether whoever asks may work on it: it lies within their region. */
    isMine: Type.Boolean(),
  }),
]);
export type WeighedIncident = Static<typeof WeighedIncident>;

export const FEED_KINDS = [
  'state',
  'maintenance-set',
  'maintenance-off',
  'device-added',
  'site-added',
  'batch',
] as const;
/** Something that changed within the last hour. */
export const FeedItem = Type.Object({
  kind: oneOf(FEED_KINDS),
  at: Moment,
  /** Of the device, the site or the maintenance; null for a batch and of what has no screen. */
  id: nullable(Uuid),
  name: Type.String(),
  /** Where it stands. */
  siteName: nullable(Type.String()),
  /** What a device became and was. */
  state: nullable(StateText),
  previous: nullable(StateText),
  by: nullable(Type.String()),
  /** Devices of a batch. */
  count: nullable(Type.Integer()),
});
export type FeedItem = Static<typeof FeedItem>;

export const getNow = {
  method: 'GET',
  url: '/api/v1/now',
  summary: 'What is broken now: incidents by the people they cut off, devices by kind, changes of the last hour',
  tag: 'incidents',
  access: 'signed-in',
  schema: {
    querystring: RegionQuery,
    response: {
      200: Type.Object({
        asOf: Moment,
        region: Type.Object({ code: nullable(RegionCodeText), name: nullable(Type.String()) }),
        /** The heaviest, 100 at most; the oldest first among those that weigh the same. */
        incidents: Type.Array(WeighedIncident),
        incidentCount: Type.Integer(),
        /** How many of them nobody has taken. */
        waiting: Type.Integer(),
        /** By kind of device, the most down first; kinds of which all are up are left out. */
        broken: Type.Array(
          Type.Object({ kind: Type.String(), down: Type.Integer(), degraded: Type.Integer(), total: Type.Integer() }),
        ),
        sites: Type.Object({ total: Type.Integer(), up: Type.Integer() }),
        /** Newest first. */
        feed: Type.Array(FeedItem),
        /** Changes of state within the hour beyond those of the feed. */
        feedOmitted: Type.Integer(),
        lastEndedAt: nullable(Moment),
      }),
    },
  },
} as const satisfies Contract;
export type Now = Static<(typeof getNow)['schema']['response'][200]>;
