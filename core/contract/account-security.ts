import { Type } from 'typebox';
import { Moment, nullable, Uuid } from './common.ts';
import type { Contract } from './contract.ts';
import { ApiToken, NewPassword, OwnSession, SignInFacts } from './security.ts';

const params = Type.Object({ accountId: Uuid });
const admin = { tag: 'accounts', access: ['admin'] } as const;
/** 32 random bytes in base64url. */
const LinkToken = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

export const getAccountSecurity = {
  method: 'GET',
  url: '/api/v1/accounts/:accountId/security',
  summary: 'How an account signs in, and where it is signed in',
  ...admin,
  schema: {
    params,
    response: {
      200: Type.Object({
        ...SignInFacts.properties,
        /** An administrator asks this account for a second factor, whatever its role asks for. */
        isAskedByName: Type.Boolean(),
        /** The account at the identity provider. */
        subject: nullable(Type.String()),
        /** A link to set a password that is still open. */
        linkExpiresAt: nullable(Moment),
        sessions: Type.Array(OwnSession),
        tokens: Type.Array(ApiToken),
      }),
    },
  },
} as const satisfies Contract;

export const changeAccountSecurity = {
  method: 'PATCH',
  url: '/api/v1/accounts/:accountId/security',
  summary: 'E-mail, identity and the second factor an account must have',
  ...admin,
  schema: {
    params,
    body: Type.Object({
      email: Type.Optional(nullable(Type.String({ format: 'email', maxLength: 200 }))),
      /** As the configured provider names it; null lets the e-mail address bind it anew. */
      subject: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 255 }))),
      secondFactorRequired: Type.Optional(Type.Boolean()),
    }),
    response: { 204: Type.Null() },
  },
} as const satisfies Contract;

export const createPasswordLink = {
  method: 'POST',
  url: '/api/v1/accounts/:accountId/password-link',
  summary: 'A link to set a password: once, within 24 hours; an earlier one no longer holds',
  ...admin,
  schema: { params, response: { 201: Type.Object({ url: Type.String(), expiresAt: Moment }) } },
} as const satisfies Contract;

export const removePasswordLink = {
  method: 'DELETE',
  url: '/api/v1/accounts/:accountId/password-link',
  summary: 'Take the link to set a password back',
  ...admin,
  schema: { params, response: { 204: Type.Null() } },
} as const satisfies Contract;

export const removeAccountSecondFactor = {
  method: 'DELETE',
  url: '/api/v1/accounts/:accountId/second-factor',
  summary: 'Take the second factor of somebody who lost it; ends the sessions of the account',
  ...admin,
  schema: { params, response: { 204: Type.Null() } },
} as const satisfies Contract;

export const endAccountSessions = {
  method: 'DELETE',
  url: '/api/v1/accounts/:accountId/sessions',
  summary: 'End every session of an account',
  ...admin,
  schema: { params, response: { 200: Type.Object({ ended: Type.Integer() }) } },
} as const satisfies Contract;

export const endAccountSession = {
  method: 'DELETE',
  url: '/api/v1/accounts/:accountId/sessions/:sessionId',
  summary: 'End a session of an account',
  ...admin,
  schema: { params: Type.Object({ accountId: Uuid, sessionId: Uuid }), response: { 204: Type.Null() } },
} as const satisfies Contract;

export const revokeAccountToken = {
  method: 'DELETE',
  url: '/api/v1/accounts/:accountId/tokens/:tokenId',
  summary: 'Revoke a token of an account',
  ...admin,
  schema: { params: Type.Object({ accountId: Uuid, tokenId: Uuid }), response: { 204: Type.Null() } },
} as const satisfies Contract;

export const readPasswordLink = {
  method: 'POST',
  url: '/api/v1/password-link/read',
  summary: 'Whose password a link sets',
  tag: 'session',
  access: 'public',
  schema: {
    body: Type.Object({ token: LinkToken }),
    response: { 200: Type.Object({ name: Type.String(), displayName: Type.String(), expiresAt: Moment }) },
  },
} as const satisfies Contract;

export const setPasswordByLink = {
  method: 'POST',
  url: '/api/v1/password-link',
  summary: 'Set a password by a link; ends every session of the account',
  tag: 'session',
  access: 'public',
  schema: { body: Type.Object({ token: LinkToken, password: NewPassword }), response: { 204: Type.Null() } },
} as const satisfies Contract;
