import { Type } from 'typebox';
import { nullable } from './common.ts';
import type { Contract } from './contract.ts';
import { Code, Enrolment, RecoveryCodes } from './security.ts';
import { Account } from './session.ts';

const step = { tag: 'session', access: 'public' } as const;

export const getSignInWays = {
  method: 'GET',
  url: '/api/v1/session/ways',
  summary: 'Ways to sign in beside name and password',
  ...step,
  schema: { response: { 200: Type.Object({ oidc: nullable(Type.Object({ name: Type.String() })) }) } },
} as const satisfies Contract;

export const giveSecondFactor = {
  method: 'POST',
  url: '/api/v1/session/code',
  summary: 'The second step of signing in: a code, or a recovery code',
  ...step,
  schema: { body: Type.Object({ code: Code }), response: { 200: Account } },
} as const satisfies Contract;

export const beginRequiredFactor = {
  method: 'POST',
  url: '/api/v1/session/second-factor',
  summary: 'Where a second factor is asked for and there is none: a fresh secret',
  ...step,
  schema: { response: { 200: Enrolment } },
} as const satisfies Contract;

export const confirmRequiredFactor = {
  method: 'POST',
  url: '/api/v1/session/second-factor/confirm',
  summary: 'Confirms it, and finishes signing in; answers the recovery codes, once',
  ...step,
  schema: { body: Type.Object({ code: Code }), response: { 200: RecoveryCodes } },
} as const satisfies Contract;

export const startOidc = {
  method: 'GET',
  url: '/api/v1/session/oidc',
  summary: 'Go to the identity provider (a page, not a call)',
  ...step,
  schema: {
    querystring: Type.Object({ to: Type.Optional(Type.String({ maxLength: 500 })) }),
    response: { 302: Type.Null() },
  },
} as const satisfies Contract;

export const finishOidc = {
  method: 'GET',
  url: '/api/v1/session/oidc/callback',
  summary: 'Come back from the identity provider (a page, not a call)',
  ...step,
  schema: {
    querystring: Type.Object({
      code: Type.Optional(Type.String({ maxLength: 4_000 })),
      state: Type.Optional(Type.String({ maxLength: 200 })),
      iss: Type.Optional(Type.String({ maxLength: 500 })),
      error: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    response: { 302: Type.Null() },
  },
} as const satisfies Contract;
