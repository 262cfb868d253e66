import { type Static, Type } from 'typebox';
import { Moment, nullable, oneOf, Uuid } from './common.ts';
import { type Contract, ROLES } from './contract.ts';

export const AGGREGATES = ['mean', 'min', 'max', 'sum', 'last', 'count', 'rate'] as const;

/**
 * Series in columns, as charts want them: `times` once, then one array of values per series, `null` for a gap.
 */
export const SeriesColumns = Type.Object({
  from: Moment,
  to: Moment,
  stepMs: Type.Integer(),
  times: Type.Array(Moment),
  series: Type.Array(
    Type.Object({
      metric: Type.String(),
      instance: Type.String(),
      aggregate: oneOf(AGGREGATES),
      values: Type.Array(nullable(Type.Number())),
    }),
  ),
});
export type SeriesColumns = Static<typeof SeriesColumns>;

export const querySeries = {
  method: 'GET',
  url: '/api/v1/devices/:deviceId/series',
  summary: 'Series of a device in equal steps (default: about 300 points; counters as rates)',
  tag: 'series',
  access: ROLES,
  schema: {
    params: Type.Object({ deviceId: Uuid }),
    querystring: Type.Object({
      /** Comma-separated metric names, at most 20. */
      metrics: Type.String({ minLength: 1, maxLength: 1000 }),
      /** Comma-separated instances. */
      instances: Type.Optional(Type.String({ maxLength: 1000 })),
      from: Moment,
      to: Moment,
      stepMs: Type.Optional(Type.Integer({ minimum: 1000, maximum: 31_536_000_000 })),
      aggregate: Type.Optional(oneOf(AGGREGATES)),
    }),
    response: { 200: SeriesColumns },
  },
} as const satisfies Contract;
