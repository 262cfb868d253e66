import type { ProgrammeStatus, RegencyType, RegionCode } from '../../../core/domain/region.ts';

/** A region with a point, WGS84 degrees. */
export type PlaceFact = {
  readonly code: RegionCode;
  readonly name: string;
  readonly lat: number;
  readonly lng: number;
};

/** Facts are official figures; the programme's standing is the lab's reading of the published articles. */
export type RegencyFact = PlaceFact & {
  readonly type: RegencyType;
  readonly population: number;
  readonly areaKm2: number;
  readonly desaCount: number;
  readonly kelurahanCount: number;
  readonly programme: ProgrammeStatus;
  readonly programmeNote: string;
};
