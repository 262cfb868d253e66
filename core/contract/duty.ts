import { type Static, Type } from 'typebox';
import { Moment, nullable, oneOf, RegionCodeText, Uuid } from './common.ts';
import { type Contract, EDITORS } from './contract.ts';
import { MinuteOfDay, RecipientRoleText, RegionOrAll } from './recipients.ts';

/** Days are those of the region's zone, 0 = Sunday; into the next day where `to` is not after `from`. */
export const ShiftTimes = Type.Union([
  Type.Object({
    kind: Type.Literal('weekly'),
    days: Type.Array(
      Type.Union([
        Type.Literal(0),
        Type.Literal(1),
        Type.Literal(2),
        Type.Literal(3),
        Type.Literal(4),
        Type.Literal(5),
        Type.Literal(6),
      ]),
      { minItems: 1, maxItems: 7, uniqueItems: true },
    ),
    from: MinuteOfDay,
    to: MinuteOfDay,
  }),
  Type.Object({ kind: Type.Literal('once'), from: Moment, to: Moment }),
]);
export type ShiftTimes = Static<typeof ShiftTimes>;

export const NewShift = Type.Object({
  regionCode: RegionOrAll,
  role: RecipientRoleText,
  recipientId: Uuid,
  times: ShiftTimes,
});
export type NewShift = Static<typeof NewShift>;
export const Shift = Type.Intersect([
  Type.Object({ id: Uuid, recipientName: Type.String(), zone: oneOf(['WIB', 'WITA', 'WIT']) }),
  NewShift,
]);
export type Shift = Static<typeof Shift>;

export const NewSubstitution = Type.Object({
  absentId: Uuid,
  /** Null: nobody does their shifts. */
  substituteId: nullable(Uuid),
  from: Moment,
  to: Moment,
});
export type NewSubstitution = Static<typeof NewSubstitution>;
export const Substitution = Type.Intersect([
  Type.Object({ id: Uuid, absentName: Type.String(), substituteName: nullable(Type.String()) }),
  NewSubstitution,
]);
export type Substitution = Static<typeof Substitution>;

const PersonOnDuty = Type.Object({
  recipientId: Uuid,
  name: Type.String(),
  /** Name of the one whose shift it is, where another does it. */
  insteadOf: nullable(Type.String()),
  /** Without an address nothing reaches them. */
  isReachable: Type.Boolean(),
});
/** Spans in which it does not change, without gaps; nobody is in `people` where nobody is on duty. */
export const DutyRoster = Type.Object({
  regionCode: RegionOrAll,
  /** Empty where it is of every region. */
  regionName: Type.String(),
  role: RecipientRoleText,
  now: Type.Array(PersonOnDuty),
  spans: Type.Array(Type.Object({ from: Moment, to: Moment, people: Type.Array(PersonOnDuty) })),
});
export type DutyRoster = Static<typeof DutyRoster>;

const ADMIN = ['admin'] as const;
const RegionQuery = Type.Object({ region: Type.Optional(RegionCodeText) });

export const getDuty = {
  method: 'GET',
  url: '/api/v1/duty',
  summary:
    'Who is on duty for a region and in each region inside that has shifts, now and in a range (by default seven days)',
  tag: 'notices',
  access: EDITORS,
  schema: {
    querystring: Type.Intersect([RegionQuery, Type.Object({ from: Type.Optional(Moment), to: Type.Optional(Moment) })]),
    response: { 200: Type.Object({ at: Moment, items: Type.Array(DutyRoster) }) },
  },
} as const satisfies Contract;

export const listShifts = {
  method: 'GET',
  url: '/api/v1/duty/shifts',
  summary: 'Shifts by region, role and name',
  tag: 'notices',
  access: EDITORS,
  schema: { querystring: RegionQuery, response: { 200: Type.Object({ items: Type.Array(Shift) }) } },
} as const satisfies Contract;

export const createShift = {
  method: 'POST',
  url: '/api/v1/duty/shifts',
  summary: 'Put somebody on duty, every week or once',
  tag: 'notices',
  access: ADMIN,
  schema: { body: NewShift, response: { 201: Shift } },
} as const satisfies Contract;

export const deleteShift = {
  method: 'DELETE',
  url: '/api/v1/duty/shifts/:shiftId',
  summary: 'Take a shift away',
  tag: 'notices',
  access: ADMIN,
  schema: { params: Type.Object({ shiftId: Uuid }), response: { 204: Type.Null() } },
} as const satisfies Contract;

export const listSubstitutions = {
  method: 'GET',
  url: '/api/v1/duty/substitutions',
  summary: 'Who stands in for whom, those that are not over yet',
  tag: 'notices',
  access: EDITORS,
  schema: { querystring: RegionQuery, response: { 200: Type.Object({ items: Type.Array(Substitution) }) } },
} as const satisfies Contract;

export const createSubstitution = {
  method: 'POST',
  url: '/api/v1/duty/substitutions',
  summary: 'Let somebody do all shifts of another for a time',
  tag: 'notices',
  access: ADMIN,
  schema: { body: NewSubstitution, response: { 201: Substitution } },
} as const satisfies Contract;

export const deleteSubstitution = {
  method: 'DELETE',
  url: '/api/v1/duty/substitutions/:substitutionId',
  summary: 'Take a substitution back',
  tag: 'notices',
  access: ADMIN,
  schema: { params: Type.Object({ substitutionId: Uuid }), response: { 204: Type.Null() } },
} as const satisfies Contract;
