import { type Static, Type } from 'typebox';
import { SITE_SORTS } from '../domain/list-sorts.ts';
import { SITE_KINDS, SITE_LIST_KINDS, SITE_STATUSES } from '../domain/site.ts';
import {
  Moment,
  nullable,
  oneOf,
  PageQuery,
  pageOf,
  RegionCodeText,
  StateText,
  Uuid,
  VillageStateText,
  withExpected,
} from './common.ts';
import { type Contract, EDITORS, ROLES } from './contract.ts';
import { Device } from './devices.ts';
import { Outage } from './outages.ts';
import { Region } from './regions.ts';
import { sortQuery } from './sorting.ts';

export const Site = Type.Object({
  id: Uuid,
  code: Type.String(),
  name: Type.String(),
  kind: oneOf(SITE_KINDS),
  status: oneOf(SITE_STATUSES),
  regionCode: RegionCodeText,
  regionName: Type.String(),
  lat: nullable(Type.Number()),
  lng: nullable(Type.Number()),
  address: nullable(Type.String()),
  contact: nullable(Type.String()),
  /** Worst of its devices; unknown for a planned site. */
  state: StateText,
  /** Since when it is in this state. */
  since: nullable(Moment),
});
export type Site = Static<typeof Site>;

const SiteFields = {
  code: Type.String({ minLength: 1, maxLength: 80 }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  kind: oneOf(SITE_KINDS),
  status: oneOf(SITE_STATUSES),
  regionCode: RegionCodeText,
  lat: nullable(Type.Number({ minimum: -90, maximum: 90 })),
  lng: nullable(Type.Number({ minimum: -180, maximum: 180 })),
  address: nullable(Type.String({ maxLength: 500 })),
  contact: nullable(Type.String({ maxLength: 200 })),
};
export const NewSite = Type.Intersect([
  Type.Pick(Type.Object(SiteFields), ['code', 'name', 'kind', 'regionCode']),
  Type.Partial(Type.Pick(Type.Object(SiteFields), ['status', 'lat', 'lng', 'address', 'contact'])),
]);
export const SiteChange = Type.Partial(Type.Object(SiteFields));
const SiteParams = Type.Object({ siteId: Uuid });

export const listSites = {
  method: 'GET',
  url: '/api/v1/sites',
  summary: 'Sites by region, kind, state or name',
  tag: 'inventory',
  access: ROLES,
  schema: {
    querystring: Type.Intersect([
      PageQuery,
      sortQuery(SITE_SORTS),
      Type.Object({
        region: Type.Optional(RegionCodeText),
        kind: Type.Optional(oneOf(SITE_LIST_KINDS)),
        status: Type.Optional(oneOf(SITE_STATUSES)),
        state: Type.Optional(StateText),
        q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      }),
    ]),
    response: { 200: pageOf(Site) },
  },
} as const satisfies Contract;

export const getSite = {
  method: 'GET',
  url: '/api/v1/sites/:siteId',
  summary: 'One site with its devices',
  tag: 'inventory',
  access: ROLES,
  schema: {
    params: SiteParams,
    response: { 200: Type.Intersect([Site, Type.Object({ devices: Type.Array(Device) })]) },
  },
} as const satisfies Contract;

export const createSite = {
  method: 'POST',
  url: '/api/v1/sites',
  summary: 'Add a site',
  tag: 'inventory',
  access: EDITORS,
  schema: { body: NewSite, response: { 201: Site } },
} as const satisfies Contract;

export const updateSite = {
  method: 'PATCH',
  url: '/api/v1/sites/:siteId',
  summary: 'Change a site',
  tag: 'inventory',
  access: EDITORS,
  schema: { params: SiteParams, body: withExpected(SiteChange), response: { 200: Site } },
} as const satisfies Contract;

export const deleteSite = {
  method: 'DELETE',
  url: '/api/v1/sites/:siteId',
  summary: 'Remove a site without devices',
  tag: 'inventory',
  access: EDITORS,
  schema: { params: SiteParams, response: { 204: Type.Null() } },
} as const satisfies Contract;

/** Hour cells of a strip: the share of the hour (0..1) that the site was reachable while seen; null = not seen. */
export const HourStrip = Type.Object({ from: Moment, hours: Type.Array(nullable(Type.Number())) });

export const getVillage = {
  method: 'GET',
  url: '/api/v1/villages/:code',
  summary: 'A village: its sites with devices, state, people online, last 24 hours and outages',
  tag: 'coverage',
  access: 'signed-in',
  schema: {
    params: Type.Object({ code: RegionCodeText }),
    response: {
      200: Type.Object({
        region: Type.Intersect([Region, Type.Object({ ancestors: Type.Array(Region) })]),
        state: VillageStateText,
        sites: Type.Array(
          Type.Intersect([
            Site,
            Type.Object({
              devices: Type.Array(Device),
              clients: nullable(Type.Integer()),
              /** Share of the last 30 days (0..1). */
              availability: nullable(Type.Number()),
              strip: HourStrip,
            }),
          ]),
        ),
        outages: Type.Array(Outage),
        asOf: Moment,
      }),
    },
  },
} as const satisfies Contract;
export type Village = Static<(typeof getVillage)['schema']['response'][200]>;
