import { type Static, Type } from 'typebox';
import { Moment, nullable, PageQuery, pageOf, RegionCodeText, Uuid } from './common.ts';
import { type Contract, EDITORS } from './contract.ts';

const Targets = {
  deviceIds: Type.Array(Uuid, { maxItems: 500, uniqueItems: true }),
  siteIds: Type.Array(Uuid, { maxItems: 500, uniqueItems: true }),
  regionCodes: Type.Array(RegionCodeText, { maxItems: 100, uniqueItems: true }),
};

const WindowFields = {
  title: Type.String({ minLength: 1, maxLength: 200 }),
  note: Type.String({ maxLength: 2000 }),
  /** Of the first time. */
  startsAt: Moment,
  endsAt: Moment,
  /** RRULE of RFC 5545 (FREQ, INTERVAL, BYDAY, COUNT, UNTIL) in the time of the province; null = once. */
  recurrence: nullable(Type.String({ minLength: 1, maxLength: 300 })),
};

export const MaintenanceWindow = Type.Object({
  id: Uuid,
  ...WindowFields,
  ...Targets,
  /** What its targets have in common. */
  regionCode: Type.String(),
  createdBy: nullable(Type.String()),
  createdAt: Moment,
  cancelledAt: nullable(Moment),
});
export type MaintenanceWindow = Static<typeof MaintenanceWindow>;

export const NewMaintenanceWindow = Type.Intersect([
  Type.Pick(Type.Object(WindowFields), ['title', 'startsAt', 'endsAt']),
  Type.Partial(Type.Pick(Type.Object(WindowFields), ['note', 'recurrence'])),
  Type.Partial(Type.Object(Targets)),
]);
export type NewMaintenanceWindow = Static<typeof NewMaintenanceWindow>;

export const listMaintenance = {
  method: 'GET',
  url: '/api/v1/maintenance',
  summary: 'Maintenance windows that stand, newest first',
  tag: 'incidents',
  access: 'signed-in',
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      Type.Object({
        region: Type.Optional(RegionCodeText),
        /** Windows of which some time may touch the range. */
        from: Type.Optional(Moment),
        to: Type.Optional(Moment),
      }),
    ]),
    response: { 200: pageOf(MaintenanceWindow) },
  },
} as const satisfies Contract;

export const createMaintenance = {
  method: 'POST',
  url: '/api/v1/maintenance',
  summary: 'Announce maintenance, or tell of it afterwards',
  tag: 'incidents',
  access: EDITORS,
  schema: { body: NewMaintenanceWindow, response: { 201: MaintenanceWindow } },
} as const satisfies Contract;

export const cancelMaintenance = {
  method: 'DELETE',
  url: '/api/v1/maintenance/:windowId',
  summary: 'Call maintenance off; it counts as never announced',
  tag: 'incidents',
  access: EDITORS,
  schema: { params: Type.Object({ windowId: Uuid }), response: { 204: Type.Null() } },
} as const satisfies Contract;
