/** What the regions of the map can be filled by. */
export const MEASURE_IDS = ['state', 'coverage', 'availability', 'clients'] as const;
export type MeasureId = (typeof MEASURE_IDS)[number];
