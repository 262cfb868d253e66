import { type Static, type TSchema, Type } from 'typebox';
import { STATES, VILLAGE_STATES } from '../domain/state.ts';

/** Closed set of strings as a JSON Schema enum. */
export const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** UTC milliseconds since the epoch. */
export const Moment = Type.Integer({ minimum: 0, maximum: 8.64e15, description: 'UTC ms since the epoch' });
export const Uuid = Type.String({ format: 'uuid' });
export const RegionCodeText = Type.String({
  pattern: '^\\d{2}(\\.\\d{2}(\\.\\d{2}(\\.\\d{4})?)?)?$',
  description: 'Kemendagri code, e.g. 16.03',
});
export const StateText = oneOf(STATES);
export const VillageStateText = oneOf(VILLAGE_STATES);

/** Paging of every list: pages are counted from 1. */
export const PageQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
});
export const pageOf = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), total: Type.Integer(), page: Type.Integer(), pageSize: Type.Integer() });

/**
 * A change with what whoever makes it last saw of the same fields: 409 `conflict` with a fault `changed-meanwhile` for
 * each that is another by now, and nothing is changed.
 */
export const withExpected = <T extends TSchema>(change: T) =>
  Type.Intersect([change, Type.Object({ expected: Type.Optional(change) })]);

export const RegionQuery = Type.Object({ region: Type.Optional(RegionCodeText) });

/** How many of something are in each state. */
export const StateCounts = Type.Object({
  up: Type.Integer(),
  degraded: Type.Integer(),
  down: Type.Integer(),
  unknown: Type.Integer(),
});
export type StateCounts = Static<typeof StateCounts>;
export const VillageStateCounts = Type.Object({
  normal: Type.Integer(),
  partial: Type.Integer(),
  down: Type.Integer(),
  unknown: Type.Integer(),
});
export type VillageStateCounts = Static<typeof VillageStateCounts>;

/** RFC 9457. `code` is stable; `faults` name rows or fields. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.Optional(Type.String()),
  code: Type.String(),
  faults: Type.Optional(
    Type.Array(
      Type.Object({
        file: Type.Optional(Type.String()),
        line: Type.Optional(Type.Integer()),
        field: Type.Optional(Type.String()),
        reason: Type.String(),
      }),
    ),
  ),
});
export type Problem = Static<typeof Problem>;
