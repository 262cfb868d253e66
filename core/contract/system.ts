import { type Static, Type } from 'typebox';
import { Moment, nullable, Uuid } from './common.ts';
import { type Contract, EDITORS, ROLES } from './contract.ts';
import { PollAsk } from './poll.ts';

export const Job = Type.Object({
  id: Type.String(),
  running: Type.Boolean(),
  lastStartedAt: nullable(Moment),
  lastFinishedAt: nullable(Moment),
  lastError: nullable(Type.String()),
  nextAt: nullable(Moment),
});
export type Job = Static<typeof Job>;

export const SystemStatus = Type.Object({
  version: Type.String(),
  startedAt: Moment,
  now: Moment,
  stores: Type.Array(
    Type.Object({ name: Type.String(), engine: Type.String(), ok: Type.Boolean(), reason: nullable(Type.String()) }),
  ),
  /** Samples that wait on disk because the series store is away, and those that could not even wait. */
  spool: Type.Object({
    samples: Type.Integer(),
    bytes: Type.Integer(),
    dropped: Type.Integer(),
    oldestAt: nullable(Moment),
  }),
  collector: nullable(
    Type.Object({
      devices: Type.Integer(),
      inFlight: Type.Integer(),
      lagMsP95: Type.Number(),
      overruns: Type.Integer(),
      /** Polls ended since the start, and those of them that failed, by why. */
      polls: Type.Integer(),
      identifications: Type.Integer(),
      failures: Type.Record(Type.String(), Type.Integer()),
      samples: Type.Integer(),
      /** Devices by the probe that watches them, and by the protocol that they are polled by. */
      byProbe: Type.Record(Type.String(), Type.Integer()),
      /** What listeners count: of messages taken, refused and why, by listener. */
      listeners: Type.Record(Type.String(), Type.Record(Type.String(), Type.Number())),
      blind: Type.Boolean(),
      /** Bad readings by reason since the start. */
      badReadings: Type.Record(Type.String(), Type.Integer()),
    }),
  ),
  /** Every collector that ever signed, in this process or another. */
  collectors: Type.Array(
    Type.Object({
      name: Type.String(),
      startedAt: Moment,
      beatAt: Moment,
      /** Its last heartbeat, where none came any more: what it watches is unknown from then on. */
      awaySince: nullable(Moment),
      /** Changes of state that it could not keep while the inventory was away, since it started. */
      lost: Type.Integer(),
    }),
  ),
  jobs: Type.Array(Job),
});
export type SystemStatus = Static<typeof SystemStatus>;

export const getSystem = {
  method: 'GET',
  url: '/api/v1/system',
  summary: 'How Simpul itself is: stores, spool, collector, jobs',
  tag: 'system',
  access: EDITORS,
  schema: { response: { 200: SystemStatus } },
} as const satisfies Contract;

export const CatalogueEntry = Type.Object({
  id: Type.String(),
  /** Key into the dictionaries. */
  title: Type.String(),
  /** What to show where the dictionaries do not know the key: a new kind is one new file. */
  label: Type.Object({ id: Type.String(), en: Type.String() }),
  icon: nullable(Type.String()),
  /** Metrics that a device of this kind shows first. */
  metrics: Type.Array(Type.String()),
  /** JSON Schema of its settings, where it has any. */
  settings: nullable(Type.Unsafe<object>({ type: 'object', additionalProperties: true })),
});
/** A way for messages to leave: what of its settings is secret, and the form of an address. */
export const ChannelKindEntry = Type.Intersect([
  CatalogueEntry,
  Type.Object({
    secrets: Type.Array(Type.String()),
    recipient: Type.Unsafe<object>({ type: 'object', additionalProperties: true }),
  }),
]);

/** A kind of credential, a family of gateways or a way in of the captive portal: which of its settings are secret. */
export const SecretKindEntry = Type.Intersect([CatalogueEntry, Type.Object({ secrets: Type.Array(Type.String()) })]);

export const getCatalogue = {
  method: 'GET',
  url: '/api/v1/catalogue',
  summary: 'Open sets: device kinds, credential kinds, probes, kinds of channels, gateways and ways in of the portal',
  tag: 'system',
  access: ROLES,
  schema: {
    response: {
      200: Type.Object({
        deviceKinds: Type.Array(CatalogueEntry),
        credentialKinds: Type.Array(SecretKindEntry),
        probes: Type.Array(CatalogueEntry),
        channelKinds: Type.Array(ChannelKindEntry),
        portalGateways: Type.Array(SecretKindEntry),
        portalMethods: Type.Array(SecretKindEntry),
      }),
    },
  },
} as const satisfies Contract;

export const pollNow = {
  method: 'POST',
  url: '/api/v1/devices/:deviceId/poll',
  summary: 'Ask a device now, without waiting for its turn; what it says is fetched by the id of the ask',
  tag: 'inventory',
  access: EDITORS,
  schema: {
    params: Type.Object({ deviceId: Uuid }),
    response: { 202: Type.Object({ queued: Type.Boolean(), ask: PollAsk }) },
  },
} as const satisfies Contract;
