import { type Static, Type } from 'typebox';
import { Moment, nullable, oneOf, PageQuery, pageOf, RegionCodeText, StateText, Uuid } from '../common.ts';
import { type Contract, EDITORS } from '../contract.ts';
import { PortalSite, PortalSiteChange } from './site.ts';

const Params = Type.Object({ siteId: Uuid });

/** How logins of a stretch of time went. A login is one that the portal gave out; online, that its gateway let in. */
export const LoginHealth = Type.Object({
  /** Given out, as far as it is known what became of them. */
  issued: Type.Integer(),
  online: Type.Integer(),
  /** From the first page to being let in, ms: half of them were faster; null where nobody came online. */
  onlineMsP50: nullable(Type.Integer()),
  onlineMsP95: nullable(Type.Integer()),
});
export type LoginHealth = Static<typeof LoginHealth>;

/** A site with a gateway, as a list shows it. */
export const PortalSiteRow = Type.Object({
  siteId: Uuid,
  siteName: Type.String(),
  regionCode: RegionCodeText,
  /** Of the site itself: logins that fail where this is well are an incident of their own. */
  state: StateText,
  enabled: Type.Boolean(),
  gateways: Type.Integer(),
  /** Newest news of any of its gateways. */
  seenAt: nullable(Moment),
  live: Type.Integer(),
  /** Of the last 24 hours. */
  health: LoginHealth,
});
export type PortalSiteRow = Static<typeof PortalSiteRow>;

export const listPortalSites = {
  method: 'GET',
  url: '/api/v1/portal/sites',
  summary: 'Sites with a captive portal: who is online, how logins go; the most failing first',
  tag: 'portal',
  access: 'signed-in',
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      Type.Object({
        region: Type.Optional(RegionCodeText),
        q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      }),
    ]),
    response: { 200: pageOf(PortalSiteRow) },
  },
} as const satisfies Contract;

export const getPortalSite = {
  method: 'GET',
  url: '/api/v1/portal/sites/:siteId',
  summary: 'What the portal of a site shows and allows',
  tag: 'portal',
  access: 'signed-in',
  schema: { params: Params, response: { 200: PortalSite } },
} as const satisfies Contract;

export const updatePortalSite = {
  method: 'PATCH',
  url: '/api/v1/portal/sites/:siteId',
  summary: 'Change the portal of a site; an officer changes its announcement and nothing else',
  tag: 'portal',
  access: [...EDITORS, 'officer'],
  schema: { params: Params, body: PortalSiteChange, response: { 200: PortalSite } },
} as const satisfies Contract;

/** As long as an announcement, a question and a logo with room for their encoding. */
const DRAFT_CHARACTERS = 12_000;

export const getPortalPreview = {
  method: 'GET',
  url: '/api/v1/portal/sites/:siteId/preview',
  summary: 'The login page of a site as citizens see it, also with changes that are not kept yet',
  tag: 'portal',
  access: 'signed-in',
  produces: ['text/html'],
  schema: {
    params: Params,
    querystring: Type.Object({
      language: Type.Optional(oneOf(['id', 'en'])),
      /** JSON of a change of the site. */
      draft: Type.Optional(Type.String({ maxLength: DRAFT_CHARACTERS })),
    }),
    response: { 200: Type.Unsafe<unknown>({}) },
  },
} as const satisfies Contract;

export const getLoginHealth = {
  method: 'GET',
  url: '/api/v1/portal/sites/:siteId/health',
  summary: 'Login success and time to online of a site as series',
  tag: 'portal',
  access: 'signed-in',
  schema: {
    params: Params,
    querystring: Type.Object({
      from: Moment,
      to: Moment,
      stepMinutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 1440, default: 60 })),
    }),
    response: {
      200: Type.Object({
        stepMs: Type.Integer(),
        /** Starts of the steps; the columns below have a value for each, null where nobody logged in. */
        times: Type.Array(Moment),
        issued: Type.Array(Type.Integer()),
        online: Type.Array(Type.Integer()),
        success: Type.Array(nullable(Type.Number())),
        onlineMsP50: Type.Array(nullable(Type.Integer())),
      }),
    },
  },
} as const satisfies Contract;
export type LoginHealthSeries = Static<(typeof getLoginHealth)['schema']['response'][200]>;
