import { type Static, Type } from 'typebox';
import { Moment, nullable, PageQuery, pageOf, RegionCodeText, Uuid } from '../common.ts';
import { type Contract, EDITORS } from '../contract.ts';
import { NewPortalGateway, PortalGateway, PortalGatewayChange } from './gateway.ts';

const Params = Type.Object({ gatewayId: Uuid });

export const listPortalGateways = {
  method: 'GET',
  url: '/api/v1/portal/gateways',
  summary: 'Gateways that citizens arrive at, without their secrets',
  tag: 'portal',
  access: EDITORS,
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      Type.Object({
        region: Type.Optional(RegionCodeText),
        siteId: Type.Optional(Uuid),
        q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      }),
    ]),
    response: { 200: pageOf(PortalGateway) },
  },
} as const satisfies Contract;

export const createPortalGateway = {
  method: 'POST',
  url: '/api/v1/portal/gateways',
  summary: 'Add a gateway; its settings and its secret are stored encrypted',
  tag: 'portal',
  access: EDITORS,
  schema: { body: NewPortalGateway, response: { 201: PortalGateway } },
} as const satisfies Contract;

export const updatePortalGateway = {
  method: 'PATCH',
  url: '/api/v1/portal/gateways/:gatewayId',
  summary: 'Change a gateway; a secret that is not named stays, one that is null goes',
  tag: 'portal',
  access: EDITORS,
  schema: { params: Params, body: PortalGatewayChange, response: { 200: PortalGateway } },
} as const satisfies Contract;

export const deletePortalGateway = {
  method: 'DELETE',
  url: '/api/v1/portal/gateways/:gatewayId',
  summary: 'Remove a gateway with its sessions; what was counted by day stays',
  tag: 'portal',
  access: EDITORS,
  schema: { params: Params, response: { 204: Type.Null() } },
} as const satisfies Contract;

/** A change that lowers a guard or touches a secret; the detail names fields and never a secret. */
export const PortalAuditEntry = Type.Object({
  at: Moment,
  accountName: nullable(Type.String()),
  what: Type.String(),
  about: Type.String(),
  detail: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }),
});
export type PortalAuditEntry = Static<typeof PortalAuditEntry>;

export const listPortalAudit = {
  method: 'GET',
  url: '/api/v1/portal/audit',
  summary: 'Who changed what of the portal that lowers a guard, newest first',
  tag: 'portal',
  access: ['admin'],
  schema: { querystring: PageQuery, response: { 200: pageOf(PortalAuditEntry) } },
} as const satisfies Contract;
