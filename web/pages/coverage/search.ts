/** What the addresses of the planner's screens may say. */
export const PLAN_SORTS = [
  'name',
  'villageCount',
  'inProgramme',
  'share',
  'withBoth',
  'aliveBoth',
  'normal',
  'partial',
  'down',
  'unknown',
  'notProposed',
  'blocked',
  'unsaid',
  'perHotspot',
  'availability',
] as const;
export type PlanSort = (typeof PLAN_SORTS)[number];
export type Order = 'asc' | 'desc';

/** What the regions of the map are filled by. */
export const PLAN_MEASURES = ['coverage', 'state', 'availability'] as const;
export const GAP_SORTS = ['people', 'near'] as const;
