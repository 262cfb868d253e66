import { type Static, Type } from 'typebox';
import { Moment, nullable, oneOf, PageQuery, pageOf, RegionCodeText, Uuid } from '../common.ts';
import { type Contract, EDITORS } from '../contract.ts';
import { PortalSession } from './session.ts';

export const listPortalSessions = {
  method: 'GET',
  url: '/api/v1/portal/sessions',
  summary: 'Who is online now, or was since a moment, without who they are; newest first',
  tag: 'portal',
  access: EDITORS,
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      Type.Object({
        region: Type.Optional(RegionCodeText),
        siteId: Type.Optional(Uuid),
        /** Only those that live; the default. */
        live: Type.Optional(Type.Boolean({ default: true })),
      }),
    ]),
    response: { 200: pageOf(PortalSession) },
  },
} as const satisfies Contract;

/**
 * What became of asking for an end. `asked`: the portal passes it on and the list says what the gateway answered;
 * `at-reentry`: the gateway takes no such order, the device is not let in again and is off at the latest at `endsBy`.
 */
export const SessionEnd = Type.Object({
  answer: oneOf(['asked', 'ended', 'gone', 'refused', 'no-answer', 'at-reentry']),
  endsBy: nullable(Moment),
});
export type SessionEnd = Static<typeof SessionEnd>;

export const endPortalSession = {
  method: 'POST',
  url: '/api/v1/portal/sessions/:sessionId/end',
  summary: 'Take somebody off; says honestly when that takes until the next re-entry',
  tag: 'portal',
  access: EDITORS,
  schema: {
    params: Type.Object({ sessionId: Type.String({ pattern: '^\\d{1,19}$' }) }),
    response: { 200: SessionEnd },
  },
} as const satisfies Contract;
