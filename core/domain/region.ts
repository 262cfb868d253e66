/**
 * Administrative regions by Kemendagri code, always text: `16`, `16.03`, `16.03.11`, `16.03.11.2009`.
 * A parent's code is a prefix of its children's.
 */
export type RegionCode = string;

export const REGION_LEVELS = ['province', 'regency', 'district', 'village'] as const;
export type RegionLevel = (typeof REGION_LEVELS)[number];

const CODE = /^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/;

export const isRegionCode = (text: string): boolean => CODE.test(text);

/** Level by the number of parts; the code must be well-formed. */
export function regionLevel(code: RegionCode): RegionLevel {
  const level = REGION_LEVELS[code.split('.').length - 1];
  if (level === undefined || !isRegionCode(code)) throw new TypeError(`not a region code: ${code}`);
  return level;
}

/** Code of the region above, `null` for a province. */
export const parentCode = (code: RegionCode): RegionCode | null => {
  const cut = code.lastIndexOf('.');
  return cut < 0 ? null : code.slice(0, cut);
};

/** Code of the given level that contains `code`; `null` where `code` is above that level. */
export function ancestorCode(code: RegionCode, level: RegionLevel): RegionCode | null {
  const parts = code.split('.');
  const wanted = REGION_LEVELS.indexOf(level) + 1;
  return parts.length < wanted ? null : parts.slice(0, wanted).join('.');
}

/** Whether a right on `grant` covers `code`. The empty grant covers every region. */
export const covers = (grant: RegionCode | '', code: RegionCode): boolean =>
  grant === '' || code === grant || code.startsWith(`${grant}.`);

export type RegencyType = 'kabupaten' | 'kota';
/** In a regency code the second pair ≥ 71 means kota. */
export const regencyType = (code: RegionCode): RegencyType => (Number(code.slice(3, 5)) >= 71 ? 'kota' : 'kabupaten');

export type VillageType = 'kelurahan' | 'desa' | 'desa-adat';
/** The 4th part of a village code starts with 1 = kelurahan, 2 = desa, 3 = desa adat. */
export function villageType(code: RegionCode): VillageType {
  const digit = code.split('.')[3]?.[0];
  return digit === '1' ? 'kelurahan' : digit === '3' ? 'desa-adat' : 'desa';
}

/** Box that holds Indonesia, WGS84 degrees: west, south, east, north. */
export const INDONESIA_BOUNDS = [94.5, -11.5, 141.5, 6.5] as const;

export const isInIndonesia = (lat: number, lng: number): boolean =>
  lng >= INDONESIA_BOUNDS[0] && lat >= INDONESIA_BOUNDS[1] && lng <= INDONESIA_BOUNDS[2] && lat <= INDONESIA_BOUNDS[3];

/** Where a region stands in the programme. */
export const PROGRAMME_STATUSES = ['covered', 'not-proposed', 'blocked-by-terrain'] as const;
export type ProgrammeStatus = (typeof PROGRAMME_STATUSES)[number];
