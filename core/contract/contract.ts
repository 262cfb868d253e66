import type { TSchema } from 'typebox';

/** Roles that hold for a region and everything below it. `viewer` reads what a planner reads, but for money. */
export const REGION_ROLES = ['admin', 'engineer', 'officer', 'planner', 'viewer'] as const;
/** `agency` holds for one agency's site, and is let in only where a contract names it. */
export const ROLES = [...REGION_ROLES, 'agency'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who may call: anyone; `signed-in`, everyone whose role holds for a region; or the roles named. An agency is never
 * part of `signed-in`: a contract lets it in by naming `agency` (as `ROLES` does), and its handler answers by the
 * scope's grant. The grant of the account narrows it further.
 */
export type Access = 'public' | 'signed-in' | readonly Role[];

/** The roles that may call where one has to sign in. */
export const rolesOf = (access: Exclude<Access, 'public'>): readonly Role[] =>
  access === 'signed-in' ? REGION_ROLES : access;

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

/** Who hears of an incident on the spot or works on it may say something of it. */
export const SPEAKERS = ['admin', 'engineer', 'officer'] as const satisfies readonly Role[];
/** Who may see what links cost. */
export const ACCOUNTANTS = ['admin', 'engineer', 'planner'] as const satisfies readonly Role[];
export const EDITORS = ['admin', 'engineer'] as const satisfies readonly Role[];
