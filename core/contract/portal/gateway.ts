import { type Static, Type } from 'typebox';
import { Moment, nullable, oneOf, Uuid } from '../common.ts';

const text = (maxLength: number) => nullable(Type.String({ minLength: 1, maxLength }));
const settings = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: true,
  maxProperties: 40,
  description: 'By the schema of the family, see portalGateways of the catalogue',
});

const Fields = {
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  siteId: Uuid,
  deviceId: nullable(Uuid),
  /** A file of captive-portal/gateways. */
  family: Type.String({ minLength: 1, maxLength: 40 }),
  /** Source address of its RADIUS packets, or a CIDR block. */
  radiusAddress: text(64),
  /** Name in its RadSec certificate. */
  radsecName: text(255),
  nasIdentifier: text(253),
  /** Message-Authenticator in its requests; `auto`: once seen, always required. */
  messageAuthenticator: oneOf(['auto', 'required', 'no']),
  swapOctets: Type.Boolean(),
  /** Where it takes Disconnect and CoA; null = it does not. */
  coaPort: nullable(Type.Integer({ minimum: 1, maximum: 65_535 })),
  /** Host or host:port that browsers of its citizens reach it at. */
  lanAddress: text(255),
  staleSeconds: nullable(Type.Integer({ minimum: 60, maximum: 86_400 })),
  enabled: Type.Boolean(),
};

/** What citizens of a site arrive at, and a NAS where it speaks RADIUS. Secrets are named, never shown. */
export const PortalGateway = Type.Intersect([
  Type.Object({ id: Uuid, ref: Type.String(), siteName: Type.String(), regionCode: Type.String() }),
  Type.Object(Fields),
  Type.Object({
    settings,
    secretsSet: Type.Array(Type.String()),
    hasRadiusSecret: Type.Boolean(),
    authenticatorSeenAt: nullable(Moment),
    seenAt: nullable(Moment),
    liveSessions: Type.Integer(),
  }),
]);
export type PortalGateway = Static<typeof PortalGateway>;

const Secrets = {
  settings: Type.Optional(settings),
  radiusSecret: Type.Optional(nullable(Type.String({ minLength: 8, maxLength: 128 }))),
};
export const NewPortalGateway = Type.Intersect([
  Type.Pick(Type.Object(Fields), ['name', 'siteId', 'family']),
  Type.Partial(Type.Omit(Type.Object(Fields), ['name', 'siteId', 'family'])),
  Type.Object(Secrets),
]);
export type NewPortalGateway = Static<typeof NewPortalGateway>;
/** A secret that is not given stays; null removes it. */
export const PortalGatewayChange = Type.Intersect([Type.Partial(Type.Object(Fields)), Type.Object(Secrets)]);
export type PortalGatewayChange = Static<typeof PortalGatewayChange>;
