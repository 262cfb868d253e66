import type { PlaceFact } from './place.ts';

export const PROVINCE: PlaceFact & { readonly population: number; readonly areaKm2: number } = {
  code: '16',
  name: 'Sumatera Selatan',
  population: 9_064_690,
  areaKm2: 86_771.918,
  lat: -3.26609,
  lng: 104.08139,
};

/** Where the figures come from, as the edition of the regions the lab lays down. */
export const FACTS_EDITION = 'kepmendagri-300.2.2-2138-2025';
