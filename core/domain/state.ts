/** State of a device or site. Unknown means that we cannot see, and counts as neither down nor up. */
export const STATES = ['up', 'degraded', 'down', 'unknown'] as const;
export type State = (typeof STATES)[number];

/** State of a village, from its two sites. */
export const VILLAGE_STATES = ['normal', 'partial', 'down', 'unknown'] as const;
export type VillageState = (typeof VILLAGE_STATES)[number];

/**
 * Normal when every site is up, down when every site is down. A seen fault on any site makes it partial, even while
 * others cannot be seen. What is left is a mixture of up and unseen, which is unknown.
 */
export function villageState(sites: readonly State[]): VillageState {
  if (sites.length === 0) return 'unknown';
  if (sites.every((state) => state === 'up')) return 'normal';
  if (sites.every((state) => state === 'down')) return 'down';
  return sites.some((state) => state === 'down' || state === 'degraded') ? 'partial' : 'unknown';
}

/** The worst of several states, for a site with several devices: down › degraded › unknown › up. */
export function worstState(states: readonly State[]): State {
  for (const state of ['down', 'degraded', 'unknown'] as const) if (states.includes(state)) return state;
  return states.length === 0 ? 'unknown' : 'up';
}

/** A letter a state, for answers that say many of them: `u` up, `g` degraded, `d` down, `?` unknown. */
export const STATE_LETTERS = { up: 'u', degraded: 'g', down: 'd', unknown: '?' } as const satisfies Record<
  State,
  string
>;
