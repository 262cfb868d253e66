import { type Static, Type } from 'typebox';
import { Moment, nullable, oneOf, Uuid } from '../common.ts';

/** A way in that a site offers: its kind is a file of captive-portal/methods. */
export const OfferedMethod = Type.Object({
  kind: Type.String({ minLength: 1, maxLength: 40 }),
  /** Instead of the site's plan; null = that one. */
  planId: nullable(Uuid),
  settings: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true, maxProperties: 20 }),
});
export type OfferedMethod = Static<typeof OfferedMethod>;

export const PortalSiteFields = Type.Object({
  planId: nullable(Uuid),
  /** In the order in which the page shows them. */
  methods: Type.Array(OfferedMethod, { maxItems: 6 }),
  /** Plain text of the village. */
  announcement: Type.String({ maxLength: 500 }),
  /** Empty = none is asked. */
  surveyQuestion: Type.String({ maxLength: 200 }),
  /** Inline SVG without script or outside address; empty = none. */
  logoSvg: Type.String({ maxLength: 2_048 }),
  /** Name of the family-safe DNS of the line, as a fact that is shown; empty = none. */
  familyDns: Type.String({ maxLength: 60 }),
  fallback: oneOf(['closed', 'trial']),
  /** Whether people may tick to be sent news of the province. */
  news: Type.Boolean(),
  enabled: Type.Boolean(),
});
/** The captive portal of one site. */
export const PortalSite = Type.Intersect([
  Type.Object({ siteId: Uuid, siteName: Type.String(), regionCode: Type.String(), updatedAt: Moment }),
  PortalSiteFields,
]);
export type PortalSite = Static<typeof PortalSite>;
export const PortalSiteChange = Type.Partial(PortalSiteFields);
export type PortalSiteChange = Static<typeof PortalSiteChange>;
