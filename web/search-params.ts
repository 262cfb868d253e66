import { MONTH_PATTERN } from '../core/domain/zone.ts';

export const REGENCY_SORTS = [
  'worst',
  'name',
  'villageCount',
  'inProgramme',
  'coverage',
  'normal',
  'partial',
  'down',
  'unknown',
  'hotspots',
  'agencies',
  'outages',
  'availability',
  'clients',
] as const;
export type RegencySort = (typeof REGENCY_SORTS)[number];

/** As the contract has them. */
export const EXCLUSION_SCOPES = ['device', 'site', 'link', 'region'] as const;

/**
 * Readers of one search parameter each: what is not valid is as good as absent, so that no address breaks a page. It is
 * named as undefined: a name that is left out, the router fills with what the address says.
 */
export type Search = Readonly<Record<string, unknown>>;

const MONTH = new RegExp(MONTH_PATTERN);
const MAX_TEXT = 200;
const MAX_INT = 100_000;
/** Longest moment that a date of the language can hold, ms. */
export const MAX_MOMENT = 8.64e15;

export function oneOf<const N extends string, const V extends string>(
  name: N,
  search: Search,
  values: readonly V[],
): { readonly [P in N]?: V | undefined } {
  const value = values.find((candidate) => candidate === search[name]);
  return { [name]: value } as { [P in N]?: V | undefined };
}

/** Column of a list and its direction. */
export const sortOf = <const V extends string>(search: Search, columns: readonly V[]) => ({
  ...oneOf('sort', search, columns),
  ...oneOf('order', search, ['asc', 'desc'] as const),
});

export function textOf<const N extends string>(
  name: N,
  search: Search,
  accepts: (text: string) => boolean = () => true,
): { readonly [P in N]?: string | undefined } {
  const text = search[name];
  const isGood = typeof text === 'string' && text !== '' && text.length <= MAX_TEXT && accepts(text);
  return { [name]: isGood ? text : undefined } as { [P in N]?: string | undefined };
}

export const monthOf = (search: Search) => textOf('month', search, (text) => MONTH.test(text));

export function intOf<const N extends string>(
  name: N,
  search: Search,
  most: number = MAX_INT,
): { readonly [P in N]?: number | undefined } {
  const value = Number(search[name]);
  const isGood = Number.isInteger(value) && value > 1 && value <= most;
  return { [name]: isGood ? value : undefined } as { [P in N]?: number | undefined };
}

export function flagOf<const N extends string>(name: N, search: Search): { readonly [P in N]?: true | undefined } {
  const isSet = search[name] === true || search[name] === 'true';
  return { [name]: isSet ? true : undefined } as { [P in N]?: true | undefined };
}

/** Every parameter as the text it is: a region's code must never be read as a number (`16.10` would become `16.1`). */
export const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));

export function stringifySearch(search: Search): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  return params.size === 0 ? '' : `?${params}`;
}
