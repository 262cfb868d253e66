import { type Static, Type } from 'typebox';
import { RUM_CONNECTIONS } from '../domain/rum.ts';
import { Moment, nullable, oneOf, RegionCodeText } from './common.ts';
import { type Contract, EDITORS, ROLES } from './contract.ts';

/** Whether browsers are asked to measure. */
export const getRumSetting = {
  method: 'GET',
  url: '/api/v1/rum',
  summary: 'Whether browsers are to report how screens feel (SIMPUL_RUM)',
  tag: 'experience',
  access: ROLES,
  schema: { response: { 200: Type.Object({ isOn: Type.Boolean() }) } },
} as const satisfies Contract;

/** Body: what Faro's web SDK collects. Unknown fields are passed over; nothing of a person is kept. */
export const collectRum = {
  method: 'POST',
  url: '/api/v1/rum',
  summary: 'Receive web vitals and errors as Faro sends them; counted by hour, screen, regency and connection',
  tag: 'experience',
  access: ROLES,
  schema: {
    body: Type.Object(
      {
        meta: Type.Optional(Type.Unsafe<unknown>({})),
        measurements: Type.Optional(Type.Unsafe<unknown>({})),
        exceptions: Type.Optional(Type.Unsafe<unknown>({})),
      },
      { additionalProperties: true },
    ),
    response: { 202: Type.Null() },
  },
} as const satisfies Contract;

/** 75th percentiles in ms, of `cls` without a unit; null where nothing was measured. */
const Vitals = Type.Object({
  ready: nullable(Type.Number()),
  lcp: nullable(Type.Number()),
  inp: nullable(Type.Number()),
  cls: nullable(Type.Number()),
  fcp: nullable(Type.Number()),
  ttfb: nullable(Type.Number()),
});

const Part = Type.Object({
  /** Pattern of a screen, code of a regency (empty = every region), or a connection. */
  id: Type.String(),
  name: nullable(Type.String()),
  /** Screens that were opened. */
  count: Type.Integer(),
  vitals: Vitals,
  errors: Type.Integer(),
});
export type RumPartFigures = Static<typeof Part>;

export const getRumFigures = {
  method: 'GET',
  url: '/api/v1/rum/figures',
  summary: 'Slow and failing screens by regency and connection, with their trend',
  tag: 'experience',
  access: EDITORS,
  schema: {
    querystring: Type.Object({
      region: Type.Optional(RegionCodeText),
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, default: 7 })),
      route: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
      connection: Type.Optional(oneOf(RUM_CONNECTIONS)),
    }),
    response: {
      200: Type.Object({
        isOn: Type.Boolean(),
        from: Moment,
        to: Moment,
        all: Part,
        /** Slowest first. */
        screens: Type.Array(Part),
        regencies: Type.Array(Part),
        connections: Type.Array(Part),
        /** By day, oldest first; days without a figure are left out. */
        trend: Type.Array(
          Type.Object({
            at: Moment,
            ready: nullable(Type.Number()),
            count: Type.Integer(),
            errors: Type.Integer(),
          }),
        ),
        errors: Type.Array(
          Type.Object({
            fingerprint: Type.String(),
            sample: Type.String(),
            routes: Type.Array(Type.String()),
            browsers: Type.Array(Type.String()),
            count: Type.Integer(),
            lastHour: Moment,
          }),
        ),
      }),
    },
  },
} as const satisfies Contract;
export type RumFigures = Static<(typeof getRumFigures)['schema']['response'][200]>;
