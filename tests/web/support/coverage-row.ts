import type { CoverageRow } from '../../../core/contract/coverage.ts';

const NONE = { up: 0, degraded: 0, down: 0, unknown: 0 };

/** A regency with two villages, all normal, and whatever a test says otherwise. */
export const coverageRow = (changes: Partial<CoverageRow> = {}): CoverageRow => ({
  code: '16.03',
  name: 'Kabupaten Muara Enim',
  lat: -3.7,
  lng: 104,
  programme: 'covered',
  programmeNote: null,
  population: 653_731,
  villageCount: 256,
  villagesInProgramme: 2,
  villages: { normal: 2, partial: 0, down: 0, unknown: 0 },
  hotspots: { up: 4, degraded: 0, down: 0, unknown: 0 },
  agencies: NONE,
  agenciesPlanned: 0,
  shelters: NONE,
  openOutages: 0,
  availability: 0.99,
  clients: 40,
  ...changes,
});
