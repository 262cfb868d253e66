import type { RegionCode } from '../../core/domain/region.ts';

export type Zone = { readonly label: 'WIB' | 'WITA' | 'WIT'; readonly timeZone: string };

const WIB: Zone = { label: 'WIB', timeZone: 'Asia/Jakarta' };
const WITA: Zone = { label: 'WITA', timeZone: 'Asia/Makassar' };
const WIT: Zone = { label: 'WIT', timeZone: 'Asia/Jayapura' };

/** Provinces outside western time (Keppres 41/1987), by code. */
const CENTRAL = new Set(['51', '52', '53', '63', '64', '65', '71', '72', '73', '74', '75', '76']);
const EASTERN = new Set(['81', '82', '91', '92', '93', '94', '95', '96']);

/** The zone in which a province lives. */
export function zoneOf(code: RegionCode): Zone {
  const province = code.slice(0, 2);
  if (CENTRAL.has(province)) return WITA;
  return EASTERN.has(province) ? WIT : WIB;
}
