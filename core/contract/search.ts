import { type Static, Type } from 'typebox';
import { ROOT_KINDS } from '../domain/incident.ts';
import { nullable, oneOf, RegionCodeText, StateText } from './common.ts';
import { type Contract, ROLES } from './contract.ts';

export const SEARCH_KINDS = ['device', 'service', 'site', 'region', 'incident', 'link', 'gateway', 'account'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** Field by which a thing was found. */
export const MATCHES = ['name', 'code', 'host', 'mac', 'port-mac', 'serial', 'address', 'provider', 'number'] as const;
export type MatchedBy = (typeof MATCHES)[number];

export const SearchHit = Type.Object({
  kind: oneOf(SEARCH_KINDS),
  /** A region's code, else an id. */
  id: Type.String(),
  name: Type.String(),
  /** Where it is or what it belongs to, in words. */
  detail: Type.String(),
  matched: oneOf(MATCHES),
  /** What that field says. */
  text: Type.String(),
  state: nullable(StateText),
  /** Where it stands; null for an account. */
  regionCode: nullable(RegionCodeText),
  /** Only of an incident. */
  incident: nullable(Type.Object({ number: Type.Integer(), rootKind: oneOf(ROOT_KINDS), isOpen: Type.Boolean() })),
});
export type SearchHit = Static<typeof SearchHit>;

export const search = {
  method: 'GET',
  url: '/api/v1/search',
  summary:
    'Everything by name, code, address, MAC in any notation, serial or number; what is meant exactly comes first',
  tag: 'search',
  access: ROLES,
  schema: {
    querystring: Type.Object({
      q: Type.String({ minLength: 2, maxLength: 100 }),
      region: Type.Optional(RegionCodeText),
      /** Hits of each kind. */
      perKind: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 6 })),
    }),
    response: {
      200: Type.Object({
        items: Type.Array(SearchHit),
        /** Nothing is as asked: these are one letter apart from it, or have it within a word. */
        isNearly: Type.Boolean(),
      }),
    },
  },
} as const satisfies Contract;
