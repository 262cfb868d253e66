import { type Static, Type } from 'typebox';
import { nullable, oneOf, PageQuery, pageOf, RegionCodeText, Uuid } from './common.ts';
import { type Contract, ROLES } from './contract.ts';

export const Account = Type.Object({
  id: Uuid,
  name: Type.String(),
  displayName: Type.String(),
  role: oneOf(ROLES),
  /** Empty = every region. Of an agency: where its site stands, which gives it no right on that region. */
  regionCode: Type.String(),
  /** The agency's site of role `agency`, and of no other role. */
  agencySiteId: nullable(Uuid),
  disabled: Type.Boolean(),
});
export type Account = Static<typeof Account>;

export const ListedAccount = Type.Intersect([
  Account,
  Type.Object({
    /** Empty = every region; the code where no region has it any more. */
    regionName: Type.String(),
  }),
]);
export type ListedAccount = Static<typeof ListedAccount>;

const Password = Type.String({ minLength: 1, maxLength: 200 });

/** What is still to be done before a sign-in is finished: give a code, or set up the second factor. */
export const SIGN_IN_STEPS = ['code', 'enrol'] as const;
export type SignInStep = (typeof SIGN_IN_STEPS)[number];

export const signIn = {
  method: 'POST',
  url: '/api/v1/session',
  summary: 'Sign in; sets the session cookie. Where a second step follows, says which, and nobody is signed in yet',
  tag: 'session',
  access: 'public',
  schema: {
    body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }), password: Password }),
    response: { 200: Account, 202: Type.Object({ step: oneOf(SIGN_IN_STEPS) }) },
  },
} as const satisfies Contract;

export const getSession = {
  method: 'GET',
  url: '/api/v1/session',
  summary: 'Who is signed in; null when nobody is',
  tag: 'session',
  access: 'public',
  schema: {
    response: { 200: Type.Object({ account: nullable(Account), step: nullable(oneOf(SIGN_IN_STEPS)) }) },
  },
} as const satisfies Contract;

export const signOut = {
  method: 'DELETE',
  url: '/api/v1/session',
  summary: 'Sign out',
  tag: 'session',
  access: 'public',
  schema: { response: { 204: Type.Null() } },
} as const satisfies Contract;

export const listAccounts = {
  method: 'GET',
  url: '/api/v1/accounts',
  summary: 'Accounts',
  tag: 'accounts',
  access: ['admin'],
  schema: { querystring: PageQuery, response: { 200: pageOf(ListedAccount) } },
} as const satisfies Contract;

export const createAccount = {
  method: 'POST',
  url: '/api/v1/accounts',
  summary: 'Add an account',
  tag: 'accounts',
  access: ['admin'],
  schema: {
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 100, pattern: '^[a-z0-9._@-]+$' }),
      displayName: Type.String({ minLength: 1, maxLength: 200 }),
      role: oneOf(ROLES),
      /** Of an agency it follows from its site, whatever is said here. */
      regionCode: Type.Union([RegionCodeText, Type.Literal('')]),
      /** Given with the role `agency`, and with no other. */
      agencySiteId: Type.Optional(nullable(Uuid)),
      /** Without one, a link to set it is made for whoever it is. */
      password: Type.Optional(Type.String({ minLength: 10, maxLength: 200 })),
    }),
    response: { 201: Account },
  },
} as const satisfies Contract;

export const updateAccount = {
  method: 'PATCH',
  url: '/api/v1/accounts/:accountId',
  summary: 'Change an account; a new password or disabling ends its sessions',
  tag: 'accounts',
  access: ['admin'],
  schema: {
    params: Type.Object({ accountId: Uuid }),
    body: Type.Object({
      displayName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      role: Type.Optional(oneOf(ROLES)),
      regionCode: Type.Optional(Type.Union([RegionCodeText, Type.Literal('')])),
      /** Given with the role `agency`; another role takes it away. */
      agencySiteId: Type.Optional(nullable(Uuid)),
      password: Type.Optional(Type.String({ minLength: 10, maxLength: 200 })),
      disabled: Type.Optional(Type.Boolean()),
    }),
    response: { 200: Account },
  },
} as const satisfies Contract;
