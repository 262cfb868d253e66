import { type Static, Type } from 'typebox';
import { Moment, nullable, oneOf, PageQuery, pageOf, RegionCodeText, StateText, Uuid } from './common.ts';
import { type Contract, EDITORS } from './contract.ts';

export const MEDIA = ['fibre', 'radio', 'vsat', 'lte', 'copper'] as const;

const LinkFields = {
  code: Type.String({ minLength: 1, maxLength: 80 }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  medium: oneOf(MEDIA),
  fromSiteId: Uuid,
  toSiteId: nullable(Uuid),
  deviceId: nullable(Uuid),
  ifIndex: nullable(Type.Integer({ minimum: 0, maximum: 2_147_483_647 })),
  provider: nullable(Type.String({ maxLength: 200 })),
  contractMbps: nullable(Type.Number({ exclusiveMinimum: 0 })),
  slaPercent: nullable(Type.Number({ minimum: 0, maximum: 100 })),
  contractFrom: nullable(Moment),
  contractTo: nullable(Moment),
};
export const Link = Type.Intersect([
  Type.Object({ id: Uuid }),
  Type.Object(LinkFields),
  Type.Object({ fromSiteName: Type.String(), toSiteName: nullable(Type.String()), state: StateText }),
]);
export type Link = Static<typeof Link>;
const REQUIRED = ['code', 'name', 'medium', 'fromSiteId'] as const;
export const NewLink = Type.Intersect([
  Type.Pick(Type.Object(LinkFields), [...REQUIRED]),
  Type.Partial(Type.Omit(Type.Object(LinkFields), [...REQUIRED])),
]);
const LinkParams = Type.Object({ linkId: Uuid });

export const listLinks = {
  method: 'GET',
  url: '/api/v1/links',
  summary: 'Links that touch a region',
  tag: 'inventory',
  access: 'signed-in',
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      Type.Object({ region: Type.Optional(RegionCodeText), siteId: Type.Optional(Uuid) }),
    ]),
    response: { 200: pageOf(Link) },
  },
} as const satisfies Contract;

export const createLink = {
  method: 'POST',
  url: '/api/v1/links',
  summary: 'Add a link',
  tag: 'inventory',
  access: EDITORS,
  schema: { body: NewLink, response: { 201: Link } },
} as const satisfies Contract;

export const updateLink = {
  method: 'PATCH',
  url: '/api/v1/links/:linkId',
  summary: 'Change a link',
  tag: 'inventory',
  access: EDITORS,
  schema: { params: LinkParams, body: Type.Partial(Type.Object(LinkFields)), response: { 200: Link } },
} as const satisfies Contract;

export const deleteLink = {
  method: 'DELETE',
  url: '/api/v1/links/:linkId',
  summary: 'Remove a link',
  tag: 'inventory',
  access: EDITORS,
  schema: { params: LinkParams, response: { 204: Type.Null() } },
} as const satisfies Contract;
