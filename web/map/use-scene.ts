import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { type RegionCode, type RegionLevel, regionLevel } from '../../core/domain/region.ts';
import { shapesQuery } from '../api/queries.ts';
import { type PlacedRow, polygonScene, type Scene } from './scene.ts';
import { tileScene } from './tiles.ts';

type Look = {
  /** Zooms of a web map at which boundaries are asked for: of the whole, and for a closer look. */
  readonly far: number;
  readonly near: number;
  /** Pixels a degree from which the finer boundaries pay. */
  readonly nearFrom: number;
};
/** By what is shown: everything inside a province, a regency, … */
const LOOKS: Readonly<Record<RegionLevel, Look>> = {
  province: { far: 8, near: 11, nearFrom: 520 },
  regency: { far: 10, near: 13, nearFrom: 3_000 },
  district: { far: 12, near: 14, nearFrom: 12_000 },
  village: { far: 13, near: 14, nearFrom: 24_000 },
};

/** The land around comes after the map itself: it is only background. */
export function useCoast(scene: Scene | null): Path2D | null {
  const [coast, setCoast] = useState<Path2D | null>(null);
  useEffect(() => {
    if (scene === null) return;
    let isWanted = true;
    import('./coast.ts').then(
      ({ coastPath }) => {
        if (isWanted) setCoast(coastPath(scene));
      },
      // Without its background the map is still whole.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [scene]);
  return coast;
}

/**
 * Boundaries of rows, or tiles where none are loaded (null); null while that is not known. States change by the minute;
 * places do not: it is laid anew only for other places.
 */
export function useGround(
  shapes: Parameters<typeof polygonScene>[0] | null | undefined,
  rows: readonly PlacedRow[],
): Scene | null {
  const places = rows.map(({ code, name, lat, lng }) => `${code} ${name} ${lat} ${lng}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `places` stands for the rows
  return useMemo(() => {
    if (shapes === undefined) return null;
    return shapes === null ? tileScene(rows) : (polygonScene(shapes, rows) ?? tileScene(rows));
  }, [shapes, places]);
}

/**
 * What a map of rows stands on: their boundaries, finer ones once it is looked at closely, or tiles where none are
 * loaded; null while that is not known.
 */
export function useScene(region: RegionCode, rows: readonly PlacedRow[]) {
  const [isNear, setNear] = useState(false);
  const level = regionLevel(rows[0]?.code ?? '16.01');
  const look = LOOKS[regionLevel(region)];
  const far = useQuery(shapesQuery(region, level, look.far));
  const near = useQuery({ ...shapesQuery(region, level, look.near), enabled: isNear && far.data !== null });
  const topology = near.data ?? (far.isError ? null : far.data);
  const scene = useGround(topology, rows);
  const onScale = useCallback((pixelsPerDegree: number) => setNear(pixelsPerDegree > look.nearFrom), [look]);
  return { scene, coast: useCoast(scene), level, onScale };
}
