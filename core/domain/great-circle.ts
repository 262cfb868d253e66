/** Mean radius of the Earth, m (IUGG). */
const EARTH_M = 6_371_008.8;
const RADIANS = Math.PI / 180;

export type Point = { readonly lat: number; readonly lng: number };

/** The way over the sphere between two points in WGS84 degrees, m (haversine). */
export function greatCircleM(a: Point, b: Point): number {
  const half = (degrees: number) => Math.sin((degrees * RADIANS) / 2) ** 2;
  const h = half(b.lat - a.lat) + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * half(b.lng - a.lng);
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Metres of one degree of latitude: no way between two parallels is shorter. */
const DEGREE_M = EARTH_M * RADIANS;

/**
 * Answers which of many points is nearest. They lie in order of latitude, and the search widens from the asked one
 * until the parallels alone are farther away than the best found.
 */
export function nearestFinder<Place extends Point>(places: readonly Place[]) {
  const sorted = places.toSorted((a, b) => a.lat - b.lat);
  return (from: Point): { readonly place: Place; readonly distanceM: number } | null => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.lat ?? 0) < from.lat) low = middle + 1;
      else high = middle;
    }
    let best: { readonly place: Place; readonly distanceM: number } | null = null;
    /** @returns false where nothing beyond can be nearer */
    const look = (place: Place | undefined): boolean => {
      if (place === undefined || (best !== null && Math.abs(place.lat - from.lat) * DEGREE_M >= best.distanceM))
        return false;
      const distanceM = greatCircleM(from, place);
      if (best === null || distanceM < best.distanceM) best = { place, distanceM };
      return true;
    };
    let [down, up] = [low - 1, low];
    let [goesDown, goesUp] = [true, true];
    while (goesDown || goesUp) {
      if (goesDown) goesDown = look(sorted[down--]);
      if (goesUp) goesUp = look(sorted[up++]);
    }
    return best;
  };
}
