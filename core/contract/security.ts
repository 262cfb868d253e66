import { type Static, Type } from 'typebox';
import { API_TOKEN_DAYS_MOST, API_TOKEN_SCOPES } from '../domain/api-token.ts';
import { Moment, nullable, oneOf, Uuid } from './common.ts';
import { type Contract, ROLES } from './contract.ts';

/** Calls with this tag take a person at a screen: no token of a machine makes them. */
export const PERSONAL_TAGS: readonly string[] = ['session', 'security', 'accounts'];

export const NewPassword = Type.String({ minLength: 10, maxLength: 200 });
const AnyPassword = Type.String({ maxLength: 200 });
/** Six digits of an authenticator, or a recovery code, with or without spaces and hyphens. */
export const Code = Type.String({ minLength: 6, maxLength: 40 });

export const OwnSession = Type.Object({
  id: Uuid,
  createdAt: Moment,
  lastSeenAt: Moment,
  expiresAt: Moment,
  way: oneOf(['password', 'oidc'] as const),
  /** Shortened to /24 or /48. */
  network: nullable(Type.String()),
  /** `Firefox · Linux`; null where the browser said nothing that is known. */
  browser: nullable(Type.String()),
  isThis: Type.Boolean(),
});
export type OwnSession = Static<typeof OwnSession>;

export const ApiToken = Type.Object({
  id: Uuid,
  name: Type.String(),
  /** How the token begins, to recognise it by. */
  prefix: Type.String(),
  scopes: Type.Array(oneOf(API_TOKEN_SCOPES)),
  createdAt: Moment,
  expiresAt: Moment,
  lastUsedAt: nullable(Moment),
});
export type ApiToken = Static<typeof ApiToken>;

/** How an account signs in. */
export const SignInFacts = Type.Object({
  email: nullable(Type.String()),
  /** Known to the identity provider. */
  isBound: Type.Boolean(),
  hasPassword: Type.Boolean(),
  secondFactorSince: nullable(Moment),
  /** Asked for by its role or by an administrator: it cannot be turned off. */
  secondFactorRequired: Type.Boolean(),
  recoveryLeft: Type.Integer(),
});
export type SignInFacts = Static<typeof SignInFacts>;

/** What an authenticator reads: once as a picture, once as text. */
export const Enrolment = Type.Object({
  /** Base32 in groups of four. */
  secret: Type.String(),
  uri: Type.String(),
  /** Path of the dark modules in a square of `size` modules, quiet zone included. */
  qr: Type.Object({ size: Type.Integer(), path: Type.String() }),
});
export type Enrolment = Static<typeof Enrolment>;

/** Shown once. */
export const RecoveryCodes = Type.Object({ codes: Type.Array(Type.String()) });

const own = { tag: 'security', access: ROLES } as const;

export const getMySecurity = {
  method: 'GET',
  url: '/api/v1/me/security',
  summary: 'How the account that asks signs in',
  ...own,
  schema: { response: { 200: SignInFacts } },
} as const satisfies Contract;

export const changeMyPassword = {
  method: 'PUT',
  url: '/api/v1/me/password',
  summary: 'Change the own password; ends every other session',
  ...own,
  schema: { body: Type.Object({ current: AnyPassword, password: NewPassword }), response: { 204: Type.Null() } },
} as const satisfies Contract;

export const beginSecondFactor = {
  method: 'POST',
  url: '/api/v1/me/second-factor',
  summary: 'A fresh secret for an authenticator; in force once a code confirms it',
  ...own,
  schema: { body: Type.Object({ password: AnyPassword }), response: { 200: Enrolment } },
} as const satisfies Contract;

export const confirmSecondFactor = {
  method: 'POST',
  url: '/api/v1/me/second-factor/confirm',
  summary: 'Put the second factor in force; answers the recovery codes, once',
  ...own,
  schema: { body: Type.Object({ code: Code }), response: { 200: RecoveryCodes } },
} as const satisfies Contract;

export const removeSecondFactor = {
  method: 'POST',
  url: '/api/v1/me/second-factor/remove',
  summary: 'Turn the second factor off, where it is not asked for',
  ...own,
  schema: { body: Type.Object({ code: Code }), response: { 204: Type.Null() } },
} as const satisfies Contract;

export const renewRecoveryCodes = {
  method: 'POST',
  url: '/api/v1/me/recovery-codes',
  summary: 'Ten new recovery codes, once; the old ones no longer hold',
  ...own,
  schema: { body: Type.Object({ code: Code }), response: { 200: RecoveryCodes } },
} as const satisfies Contract;

export const listMySessions = {
  method: 'GET',
  url: '/api/v1/me/sessions',
  summary: 'Where the account is signed in',
  ...own,
  schema: { response: { 200: Type.Object({ items: Type.Array(OwnSession) }) } },
} as const satisfies Contract;

export const endMySession = {
  method: 'DELETE',
  url: '/api/v1/me/sessions/:sessionId',
  summary: 'End one of the own sessions',
  ...own,
  schema: { params: Type.Object({ sessionId: Uuid }), response: { 204: Type.Null() } },
} as const satisfies Contract;

export const endMyOtherSessions = {
  method: 'DELETE',
  url: '/api/v1/me/sessions',
  summary: 'End every own session but this one',
  ...own,
  schema: { response: { 200: Type.Object({ ended: Type.Integer() }) } },
} as const satisfies Contract;

export const listMyTokens = {
  method: 'GET',
  url: '/api/v1/me/tokens',
  summary: 'Tokens of machines that call in the name of the account',
  ...own,
  schema: { response: { 200: Type.Object({ items: Type.Array(ApiToken) }) } },
} as const satisfies Contract;

export const createMyToken = {
  method: 'POST',
  url: '/api/v1/me/tokens',
  summary: 'A token for a machine; the token itself is answered once',
  ...own,
  schema: {
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 60 }),
      scopes: Type.Array(oneOf(API_TOKEN_SCOPES), { minItems: 1, maxItems: 3, uniqueItems: true }),
      days: Type.Integer({ minimum: 1, maximum: API_TOKEN_DAYS_MOST }),
    }),
    response: { 201: Type.Object({ token: Type.String(), item: ApiToken }) },
  },
} as const satisfies Contract;

export const revokeMyToken = {
  method: 'DELETE',
  url: '/api/v1/me/tokens/:tokenId',
  summary: 'Revoke a token',
  ...own,
  schema: { params: Type.Object({ tokenId: Uuid }), response: { 204: Type.Null() } },
} as const satisfies Contract;
