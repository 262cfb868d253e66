/** An agency without its line keeps so many people from being served, more or less: a counter's month. */
const PEOPLE_PER_AGENCY = 2_000;
/** A device alone cuts off whoever stands beside it. */
const PEOPLE_PER_DEVICE = 10;

/** People that an incident cuts off, in persons, agencies and devices reckoned as persons: what it is sorted by. */
export const incidentWeight = (effect: {
  readonly population: number;
  readonly agencies: number;
  readonly devices: number;
}): number => effect.population + effect.agencies * PEOPLE_PER_AGENCY + effect.devices * PEOPLE_PER_DEVICE;
