import { type Static, Type } from 'typebox';
import { OPER_STATUSES, PROBE_ID } from '../domain/device.ts';
import { DEVICE_SORTS } from '../domain/list-sorts.ts';
import { ProbeSettings } from '../domain/probe-kind.ts';
import { SITE_KINDS } from '../domain/site.ts';
import { Moment, nullable, oneOf, PageQuery, pageOf, RegionCodeText, StateText, Uuid, withExpected } from './common.ts';
import { type Contract, EDITORS, ROLES } from './contract.ts';
import { sortQuery } from './sorting.ts';

export const Device = Type.Object({
  id: Uuid,
  code: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  siteId: Uuid,
  siteName: Type.String(),
  siteKind: oneOf(SITE_KINDS),
  regionCode: RegionCodeText,
  /** Whether its site's state follows from it: a camera's or a power box's does not. */
  countsForSite: Type.Boolean(),
  host: Type.String(),
  mac: nullable(Type.String()),
  vendor: nullable(Type.String()),
  model: nullable(Type.String()),
  os: nullable(Type.String()),
  version: nullable(Type.String()),
  serial: nullable(Type.String()),
  enabled: Type.Boolean(),
  /** Id of the probe that tells whether it lives. */
  reachability: Type.String(),
  /** Settings of that probe. */
  settings: ProbeSettings,
  tcpPort: nullable(Type.Integer()),
  snmpPort: Type.Integer(),
  credentialId: nullable(Uuid),
  reachIntervalS: nullable(Type.Number()),
  pollIntervalS: nullable(Type.Number()),
  timeoutMs: nullable(Type.Integer()),
  retries: nullable(Type.Integer()),
  state: StateText,
  since: nullable(Moment),
  reason: nullable(Type.String()),
  lastSeenAt: nullable(Moment),
  /** Name of the collector that saw it last. */
  collector: nullable(Type.String()),
});
export type Device = Static<typeof Device>;

const seconds = (minimum: number) => nullable(Type.Number({ minimum, maximum: 86_400 }));
const DeviceFields = {
  code: Type.String({ minLength: 1, maxLength: 80 }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  kind: Type.String({ minLength: 1, maxLength: 60 }),
  siteId: Uuid,
  host: Type.String({ minLength: 1, maxLength: 253, pattern: '^[A-Za-z0-9._:-]+$' }),
  mac: nullable(Type.String({ pattern: '^([0-9a-f]{2}:){5}[0-9a-f]{2}$' })),
  enabled: Type.Boolean(),
  reachability: Type.String({ pattern: PROBE_ID }),
  settings: ProbeSettings,
  tcpPort: nullable(Type.Integer({ minimum: 1, maximum: 65_535 })),
  snmpPort: Type.Integer({ minimum: 1, maximum: 65_535 }),
  credentialId: nullable(Uuid),
  reachIntervalS: seconds(1),
  pollIntervalS: seconds(5),
  timeoutMs: nullable(Type.Integer({ minimum: 100, maximum: 60_000 })),
  retries: nullable(Type.Integer({ minimum: 0, maximum: 5 })),
  /** Devices through which this one is reached. */
  parentIds: Type.Array(Uuid, { maxItems: 16 }),
};
const REQUIRED = ['code', 'name', 'kind', 'siteId', 'host'] as const;
export const NewDevice = Type.Intersect([
  Type.Pick(Type.Object(DeviceFields), [...REQUIRED]),
  Type.Partial(Type.Omit(Type.Object(DeviceFields), [...REQUIRED])),
]);
export const DeviceChange = Type.Partial(Type.Object(DeviceFields));
const DeviceParams = Type.Object({ deviceId: Uuid });

export const Interface = Type.Object({
  index: Type.Integer(),
  name: Type.String(),
  alias: Type.String(),
  type: Type.String(),
  mac: nullable(Type.String()),
  mtu: nullable(Type.Integer()),
  speedBps: nullable(Type.Number()),
  adminStatus: nullable(oneOf(OPER_STATUSES)),
  operStatus: nullable(oneOf(OPER_STATUSES)),
  /** bit/s over the last polls; null where unknown. */
  inBps: nullable(Type.Number()),
  outBps: nullable(Type.Number()),
  /** Errors and discards a second. */
  errorsPerS: nullable(Type.Number()),
  discardsPerS: nullable(Type.Number()),
});
export type Interface = Static<typeof Interface>;

export const listDevices = {
  method: 'GET',
  url: '/api/v1/devices',
  summary: 'Devices by region, site, kind, state or name',
  tag: 'inventory',
  access: ROLES,
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      sortQuery(DEVICE_SORTS),
      Type.Object({
        region: Type.Optional(RegionCodeText),
        siteId: Type.Optional(Uuid),
        kind: Type.Optional(Type.String({ maxLength: 60 })),
        state: Type.Optional(StateText),
        /** Part of name, code, host, MAC, serial, model or site name. */
        q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      }),
    ]),
    response: { 200: pageOf(Device) },
  },
} as const satisfies Contract;

/** A device on the way to the core. */
export const PathStep = Type.Object({ id: Uuid, name: Type.String(), siteName: Type.String(), state: StateText });

export const getDevice = {
  method: 'GET',
  url: '/api/v1/devices/:deviceId',
  summary: 'One device with its path to the core',
  tag: 'inventory',
  access: ROLES,
  schema: {
    params: DeviceParams,
    response: {
      200: Type.Intersect([
        Device,
        Type.Object({
          path: Type.Array(PathStep),
          /** What it is reached through, as far as whoever asks may see it. */
          parents: Type.Array(Type.Object({ id: Uuid, name: Type.String() })),
          contractMbps: nullable(Type.Number()),
          /** Share of the last 30 days (0..1). */
          availability: nullable(Type.Number()),
          /** Metrics and instances that have samples in the last day. */
          metrics: Type.Array(Type.Object({ metric: Type.String(), instance: Type.String() })),
        }),
      ]),
    },
  },
} as const satisfies Contract;
export type DeviceDetail = Static<(typeof getDevice)['schema']['response'][200]>;

export const listInterfaces = {
  method: 'GET',
  url: '/api/v1/devices/:deviceId/interfaces',
  summary: 'Interfaces of a device with their rates',
  tag: 'inventory',
  access: ROLES,
  schema: { params: DeviceParams, response: { 200: Type.Object({ items: Type.Array(Interface), asOf: Moment }) } },
} as const satisfies Contract;

/** A figure that a device gave last, named for people. */
export const DeviceReading = Type.Object({
  metric: Type.String(),
  instance: Type.String(),
  /** As the device names it; empty where it has no name. */
  label: Type.String(),
  unit: Type.String(),
  value: Type.Number(),
  at: Moment,
});
export type DeviceReading = Static<typeof DeviceReading>;

export const listReadings = {
  method: 'GET',
  url: '/api/v1/devices/:deviceId/readings',
  summary: 'What a device told last, and what its checks found',
  tag: 'inventory',
  access: ROLES,
  schema: {
    params: DeviceParams,
    response: {
      200: Type.Object({
        items: Type.Array(DeviceReading),
        /** By section, such as `certificate` or `stream`; each probe has its own. */
        findings: Type.Array(Type.Object({ section: Type.String(), at: Moment, data: Type.Unknown() })),
      }),
    },
  },
} as const satisfies Contract;

export const StateSpan = Type.Object({ from: Moment, to: Moment, state: StateText });
/** Stretches of one state, in order, clipped to the range. */
export const listStates = {
  method: 'GET',
  url: '/api/v1/devices/:deviceId/states',
  summary: 'Stretches of up, degraded, down and unknown over a range',
  tag: 'inventory',
  access: ROLES,
  schema: {
    params: DeviceParams,
    querystring: Type.Object({ from: Moment, to: Moment }),
    response: { 200: Type.Object({ spans: Type.Array(StateSpan) }) },
  },
} as const satisfies Contract;

export const createDevice = {
  method: 'POST',
  url: '/api/v1/devices',
  summary: 'Add a device',
  tag: 'inventory',
  access: EDITORS,
  schema: { body: NewDevice, response: { 201: Device } },
} as const satisfies Contract;

export const updateDevice = {
  method: 'PATCH',
  url: '/api/v1/devices/:deviceId',
  summary: 'Change a device',
  tag: 'inventory',
  access: EDITORS,
  schema: { params: DeviceParams, body: withExpected(DeviceChange), response: { 200: Device } },
} as const satisfies Contract;

export const deleteDevice = {
  method: 'DELETE',
  url: '/api/v1/devices/:deviceId',
  summary: 'Remove a device with its history of states',
  tag: 'inventory',
  access: EDITORS,
  schema: { params: DeviceParams, response: { 204: Type.Null() } },
} as const satisfies Contract;
