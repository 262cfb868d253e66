import { type Static, Type } from 'typebox';
import { Moment, nullable, Uuid } from './common.ts';
import { type Contract, EDITORS } from './contract.ts';
import { DeviceChange } from './devices.ts';

/** What may be changed of many devices at once. */
export const BATCH_FIELDS = ['enabled', 'credentialId', 'reachIntervalS', 'pollIntervalS', 'siteId'] as const;
export type BatchField = (typeof BATCH_FIELDS)[number];

export const BatchChange = Type.Pick(DeviceChange, [...BATCH_FIELDS]);
export type BatchChange = Static<typeof BatchChange>;

const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);
const BatchedDevice = Type.Object({
  id: Uuid,
  name: Type.String(),
  siteName: Type.String(),
  /** Fields that differ, with what stands there and what would. Sites and credentials by their names. */
  fields: Type.Array(Type.Object({ field: Type.String(), before: Value, after: Value })),
});
export type BatchedDevice = Static<typeof BatchedDevice>;

export const BatchResult = Type.Object({
  /** Null where it was only tried. */
  id: nullable(Uuid),
  /** Devices that change; all others have it so already. */
  changed: Type.Array(BatchedDevice),
  unchanged: Type.Integer(),
  /** Until when it may be taken back; null where it was only tried. */
  undoUntil: nullable(Moment),
});
export type BatchResult = Static<typeof BatchResult>;

export const changeDevices = {
  method: 'POST',
  url: '/api/v1/device-batches',
  summary: 'Change many devices at once: all of them or none; tried first, unless dryRun is false',
  tag: 'lists',
  access: EDITORS,
  schema: {
    querystring: Type.Object({ dryRun: Type.Optional(Type.Boolean({ default: true })) }),
    body: Type.Object({
      deviceIds: Type.Array(Uuid, { minItems: 1, maxItems: 500, uniqueItems: true }),
      change: BatchChange,
    }),
    response: { 200: BatchResult },
  },
} as const satisfies Contract;

export const undoBatch = {
  method: 'POST',
  url: '/api/v1/device-batches/:batchId/undo',
  summary: 'Take a change of many devices back, within ten minutes and where nobody changed them since',
  tag: 'lists',
  access: EDITORS,
  schema: {
    params: Type.Object({ batchId: Uuid }),
    response: { 200: Type.Object({ restored: Type.Integer() }) },
  },
} as const satisfies Contract;
