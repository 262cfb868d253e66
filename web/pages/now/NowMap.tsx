import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef } from 'react';
import { regionLevel } from '../../../core/domain/region.ts';
import { coverageQuery, mapQuery, shapesQuery } from '../../api/queries.ts';
import { Skeleton } from '../../components/Screen.tsx';
import type { Hit } from '../../map/hits.ts';
import { MapCanvas, type MapHandle } from '../../map/MapCanvas.tsx';
import { measureOf } from '../../map/measures.ts';
import { useGround } from '../../map/use-scene.ts';
import { useNowTexts } from './texts.ts';

const ZOOM = 8;
const MARGIN = { top: 12, right: 12, bottom: 12, left: 12 };
const marginOf = () => MARGIN;
const ignore = () => {};

/** The same on a small map: where it is broken. A click goes on to the large one. */
export function NowMap() {
  const { t, f, n } = useNowTexts();
  const { region } = useSearch({ strict: false });
  const navigate = useNavigate();
  const map = useRef<MapHandle>(null);
  const coverage = useQuery(coverageQuery()).data;
  const rows = coverage?.rows;
  const points = useQuery(mapQuery()).data;
  const shapes = useQuery({
    ...shapesQuery(coverage?.region.code ?? '', regionLevel(rows?.[0]?.code ?? '16.01'), ZOOM),
    enabled: rows !== undefined && rows.length > 0,
  }).data;
  const scene = useGround(rows === undefined || rows.length === 0 ? undefined : shapes, rows ?? []);
  const measure = useMemo(() => measureOf('state', rows ?? [], t, f), [rows, t, f]);
  const byCode = useMemo(() => new Map(rows?.map((row) => [row.code, row])), [rows]);
  const fillOf = useCallback(
    (code: string) => {
      const row = byCode.get(code);
      return row === undefined ? { token: 'land' } : measure.stepOf(row).fill;
    },
    [byCode, measure],
  );
  const tipOf = useCallback(
    (hit: Hit): string => {
      if (hit.kind === 'village') return `${hit.village.name}\n${t.state[hit.village.state]}`;
      if (hit.kind === 'site') return hit.site.name;
      if (hit.kind === 'cluster') return `${f.number(hit.cluster.members.length)} ${t.unit.village}`;
      const row = byCode.get(hit.code);
      return row === undefined ? hit.code : `${row.name}\n${measure.textOf(row)}`;
    },
    [byCode, measure, t, f],
  );
  const pick = useCallback(
    (hit: Hit | null) => {
      if (hit === null || hit.kind === 'cluster') return;
      const search =
        hit.kind === 'village'
          ? { village: hit.village.code }
          : hit.kind === 'site'
            ? { site: hit.site.id }
            : { region: hit.code };
      void navigate({ to: '/map', search });
    },
    [navigate],
  );
  if (rows !== undefined && rows.length === 0) return null;
  return (
    <section className="now-map" aria-label={n.map}>
      <div className="map-box">
        {scene === null ? (
          <Skeleton height={280} />
        ) : (
          <MapCanvas
            ref={map}
            label={n.map}
            scene={scene}
            coast={null}
            villages={points?.villages ?? []}
            sites={points?.sites ?? []}
            fillOf={fillOf}
            selectedRegion={region?.slice(0, 5)}
            selectedVillage={undefined}
            selectedSite={undefined}
            focusedRegion={undefined}
            marginOf={marginOf}
            tipOf={tipOf}
            onPick={pick}
            onScale={ignore}
          />
        )}
      </div>
      <Link to="/map" search={{ region }} className="small">
        {n.openMap}
      </Link>
    </section>
  );
}
