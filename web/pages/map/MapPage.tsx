import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { getCoverage } from '../../../core/contract/coverage.ts';
import { ancestorCode, type RegionCode } from '../../../core/domain/region.ts';
import { VILLAGE_STATES } from '../../../core/domain/state.ts';
import type { Reply } from '../../api/endpoint.ts';
import { coverageQuery, mapQuery } from '../../api/queries.ts';
import { Answer, Empty, Skeleton } from '../../components/Screen.tsx';
import { Icon } from '../../frame/icons.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import type { Hit } from '../../map/hits.ts';
import { Legend } from '../../map/Legend.tsx';
import { MapCanvas, type MapHandle } from '../../map/MapCanvas.tsx';
import { MEASURE_IDS } from '../../map/measure-ids.ts';
import { measureOf } from '../../map/measures.ts';
import { useScene } from '../../map/use-scene.ts';
import type { Margin } from '../../map/view.ts';
import { MapPanel } from './MapPanel.tsx';
import './map-page.css';

type Coverage = Reply<typeof getCoverage>;

/** Room for what lies over the map: the measures above, the legend below or at the left. */
const marginOf = (width: number): Margin =>
  width < 620
    ? { top: 60, right: 12, bottom: 92, left: 12 }
    : width < 1000
      ? { top: 60, right: 24, bottom: 122, left: 24 }
      : { top: 60, right: 40, bottom: 40, left: 40 };

/** The note about missing boundaries stands below the measures. */
const tileMarginOf = (width: number): Margin => ({ ...marginOf(width), top: 112 });

function Chart({ coverage }: { readonly coverage: Coverage }) {
  const { t, f } = useTexts();
  const { measure: measureId = 'state', region, village, site } = useSearch({ from: '/map' });
  const navigate = useNavigate({ from: '/map' });
  const map = useRef<MapHandle>(null);
  const [focused, setFocused] = useState<RegionCode>();
  const { rows } = coverage;
  const { scene, coast, level, onScale } = useScene(coverage.region.code, rows);
  const points = useQuery(mapQuery()).data;
  const isTiles = scene?.slotOf !== null;
  const measure = useMemo(() => measureOf(measureId, rows, t, f), [measureId, rows, t, f]);
  const byCode = useMemo(() => new Map(rows.map((row) => [row.code, row])), [rows]);
  const fillOf = useCallback(
    (code: RegionCode) => {
      const row = byCode.get(code);
      return row === undefined ? { token: 'land' } : measure.stepOf(row).fill;
    },
    [byCode, measure],
  );
  const tipOf = useCallback(
    (hit: Hit): string => {
      switch (hit.kind) {
        case 'region': {
          const row = byCode.get(hit.code);
          return row === undefined ? hit.code : `${row.name}\n${t.map.measures[measureId]}: ${measure.textOf(row)}`;
        }
        case 'village': {
          const { name, office, public: publicPlace } = hit.village;
          const word = (state: typeof office) => (state === null ? t.state.noSite : t.state[state]);
          return `${name}\n${t.siteKind['village-office']}: ${word(office)}\n${t.siteKind['village-public']}: ${word(publicPlace)}`;
        }
        case 'site':
          return `${hit.site.name}\n${hit.site.planned ? t.state.planned : t.state[hit.site.state]}`;
        case 'cluster': {
          const { counts, members } = hit.cluster;
          const parts = VILLAGE_STATES.filter((state) => counts[state] > 0).map(
            (state) => `${f.number(counts[state])} ${t.state[state]}`,
          );
          return `${f.number(members.length)} ${t.unit.village}\n${parts.join(' · ')}`;
        }
      }
    },
    [byCode, measure, measureId, t, f],
  );
  const pick = useCallback(
    (hit: Hit | null) => {
      const chosen =
        hit === null
          ? {}
          : hit.kind === 'village'
            ? { village: hit.village.code }
            : hit.kind === 'site'
              ? { site: hit.site.id }
              : hit.kind === 'region'
                ? { region: hit.code }
                : null;
      if (chosen === null) return;
      void navigate({
        search: (previous) => ({
          ...previous,
          village: undefined,
          site: undefined,
          ...(hit === null || hit.kind === 'region' ? { region: undefined } : {}),
          ...chosen,
        }),
      });
    },
    [navigate],
  );
  const selectedRegion = region === undefined ? undefined : (ancestorCode(region, level) ?? undefined);

  return (
    <div className="map-box">
      {scene === null ? (
        <div className="map-wait">
          <Skeleton height={320} />
        </div>
      ) : (
        <MapCanvas
          ref={map}
          label={t.map.label(coverage.region.name)}
          scene={scene}
          coast={coast}
          villages={points?.villages ?? []}
          sites={points?.sites ?? []}
          fillOf={fillOf}
          selectedRegion={selectedRegion}
          selectedVillage={village}
          selectedSite={site}
          focusedRegion={focused}
          marginOf={isTiles ? tileMarginOf : marginOf}
          tipOf={tipOf}
          onPick={pick}
          onScale={onScale}
        />
      )}
      <div className="map-measure">
        <fieldset className="segments choice" aria-label={t.map.measure}>
          {MEASURE_IDS.map((id) => (
            <button
              key={id}
              type="button"
              aria-pressed={id === measureId}
              onClick={() =>
                void navigate({ search: (previous) => ({ ...previous, measure: id === 'state' ? undefined : id }) })
              }
            >
              {t.map.measures[id]}
            </button>
          ))}
        </fieldset>
      </div>
      {isTiles && scene !== null && <p className="map-note">{t.map.tiles}</p>}
      <Legend measure={measure} />
      <div className="map-zoom">
        <button type="button" className="button" aria-label={t.map.zoomIn} onClick={() => map.current?.zoom(1.6)}>
          <Icon name="plus" />
        </button>
        <button type="button" className="button" aria-label={t.map.zoomOut} onClick={() => map.current?.zoom(1 / 1.6)}>
          <Icon name="minus" />
        </button>
        <button type="button" className="button" aria-label={t.map.fit} onClick={() => map.current?.showAll()}>
          <Icon name="fit" />
        </button>
      </div>
      {!isTiles && <p className="map-credit">{t.map.credit}</p>}
      <ul className="hidden-visually" aria-label={t.map.regionList}>
        {rows.map((row) => (
          <li key={row.code}>
            <button
              type="button"
              onFocus={() => setFocused(row.code)}
              onBlur={() => setFocused(undefined)}
              onClick={() => pick({ kind: 'region', code: row.code })}
            >
              {row.name}: {measure.textOf(row)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function MapPage() {
  const { t } = useTexts();
  const coverage = useQuery(coverageQuery());
  return (
    <div className="map-page">
      <h1 className="hidden-visually">{t.map.title}</h1>
      <Answer
        query={coverage}
        what={t.map.title}
        waiting={
          <div className="map-box map-wait">
            <Skeleton height={320} />
          </div>
        }
      >
        {(data) =>
          data.rows.length === 0 ? (
            <div className="page">
              <Empty title={t.map.empty}>{t.map.emptyHint}</Empty>
            </div>
          ) : (
            <>
              <Chart coverage={data} />
              <MapPanel coverage={data} />
            </>
          )
        }
      </Answer>
    </div>
  );
}
