import { type Static, Type } from 'typebox';
import { AUDIT_ACTORS, AUDIT_OUTCOMES } from '../domain/audit.ts';
import { Moment, nullable, oneOf, RegionCodeText } from './common.ts';
import type { Contract } from './contract.ts';

/** Fields of a thing; whole where only one side is there, else those that changed. */
const Side = nullable(Type.Unsafe<unknown>({}));

export const AuditRow = Type.Object({
  /** Counted from 1 without gaps. */
  seq: Type.Integer(),
  at: Moment,
  actor: Type.Object({ kind: oneOf(AUDIT_ACTORS), id: nullable(Type.String()), name: Type.String() }),
  /** `METHOD /api/v1/…`, or a stable code such as `sign-in`. */
  action: Type.String(),
  target: nullable(Type.Object({ kind: Type.String(), id: nullable(Type.String()), name: nullable(Type.String()) })),
  /** Covers all that the row tells of; empty = every region. */
  regionCode: Type.String(),
  address: Type.String(),
  /** Browser and system, shortened. */
  agent: Type.String(),
  outcome: oneOf(AUDIT_OUTCOMES),
  before: Side,
  after: Side,
});
export type AuditRow = Static<typeof AuditRow>;

const Filter = Type.Object({
  region: Type.Optional(RegionCodeText),
  actorId: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  targetKind: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  targetId: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  outcome: Type.Optional(oneOf(AUDIT_OUTCOMES)),
  from: Type.Optional(Moment),
  to: Type.Optional(Moment),
  /** Part of a name, an action or an address. */
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
});

export const listAudit = {
  method: 'GET',
  url: '/api/v1/audit',
  summary: 'Who changed what and who signed in, newest first; the next page begins before `next`',
  tag: 'audit',
  access: ['admin'],
  schema: {
    querystring: Type.Intersect([
      Filter,
      Type.Object({
        before: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
        pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
      }),
    ]),
    response: {
      200: Type.Object({
        items: Type.Array(AuditRow),
        next: nullable(Type.Integer()),
        /** Rows that wait for the log to be written again, and such as found no room to wait. */
        waiting: Type.Integer(),
        lost: Type.Integer(),
      }),
    },
  },
} as const satisfies Contract;
export type AuditPage = Static<(typeof listAudit)['schema']['response'][200]>;

export const exportAudit = {
  method: 'GET',
  url: '/api/v1/audit/file',
  summary: 'The audit log as CSV, newest first, as the filter narrows it',
  tag: 'audit',
  access: ['admin'],
  produces: ['text/csv'],
  schema: { querystring: Filter, response: { 200: Type.Unsafe<unknown>({}) } },
} as const satisfies Contract;

export const checkAudit = {
  method: 'GET',
  url: '/api/v1/audit/check',
  summary: 'Whether the chain of the audit log is whole; its last hash, noted elsewhere, tells of rows cut off the end',
  tag: 'audit',
  access: ['admin'],
  schema: {
    response: {
      200: Type.Object({
        rows: Type.Integer(),
        brokenAt: nullable(Type.Integer()),
        reason: nullable(oneOf(['changed', 'missing'] as const)),
        head: nullable(Type.Object({ seq: Type.Integer(), hash: Type.String() })),
      }),
    },
  },
} as const satisfies Contract;
