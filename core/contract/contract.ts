import type { TSchema } from 'typebox';

export const ROLES = ['admin', 'engineer', 'officer', 'planner'] as const;
export type Role = (typeof ROLES)[number];

/** Who may call: anyone, anyone signed in, or the roles named. The region of the account narrows it further. */
export type Access = 'public' | 'signed-in' | readonly Role[];

/** One call of the API as data: the server validates and serialises with it, the web is typed by it. */
export type Contract = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: `/api/v1/${string}`;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  /** Content types of a body or an answer that is not JSON. */
  readonly consumes?: readonly string[];
  readonly produces?: readonly string[];
  readonly schema: {
    readonly params?: TSchema;
    readonly querystring?: TSchema;
    readonly body?: TSchema;
    readonly response: { readonly [status: number]: TSchema };
  };
};

export const EDITORS = ['admin', 'engineer'] as const satisfies readonly Role[];
