import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import type { PlanTable } from '../../../core/contract/coverage-plan.ts';
import { ancestorCode, type RegionCode, villageType } from '../../../core/domain/region.ts';
import { VILLAGE_STATES } from '../../../core/domain/state.ts';
import { mapQuery } from '../../api/queries.ts';
import { Segments } from '../../components/Filters.tsx';
import { Skeleton } from '../../components/Screen.tsx';
import { Icon } from '../../frame/icons.tsx';
import { inLight } from '../../frame/theme.ts';
import type { Hit } from '../../map/hits.ts';
import { Legend } from '../../map/Legend.tsx';
import { MapCanvas, type MapHandle } from '../../map/MapCanvas.tsx';
import { measureOf } from '../../map/measures.ts';
import { type Caption, drawMapPicture } from '../../map/picture.ts';
import { useScene } from '../../map/use-scene.ts';
import type { Margin } from '../../map/view.ts';
import { standingOf } from './columns.ts';
import { PLAN_MEASURES } from './search.ts';
import { useCoverageTexts } from './texts.ts';

const marginOf = (): Margin => ({ top: 14, right: 14, bottom: 14, left: 14 });

/** On paper the map takes the lower part of a page; as a picture, a slide. */
const PICTURE = { width: 1120, height: 720 } as const;
const PAPER_RATIO = 2;

export type PlanMapHandle = {
  /** Draws the map with its caption, legend and source. False where it is not ready. */
  readonly drawOn: (canvas: HTMLCanvasElement, caption: Caption, options: { readonly isPaper: boolean }) => boolean;
};
type Props = {
  readonly ref: React.Ref<PlanMapHandle>;
  readonly plan: PlanTable;
  readonly picked: RegionCode | undefined;
  readonly focused: RegionCode | undefined;
  readonly onPick: (code: RegionCode | undefined) => void;
  readonly paperCaption: Caption;
};

export function PlanMap({ ref, plan, picked, focused, onPick, paperCaption }: Props) {
  const { t, f, c } = useCoverageTexts();
  const { measure: measureId = 'coverage' } = useSearch({ from: '/coverage' });
  const navigate = useNavigate({ from: '/coverage' });
  const map = useRef<MapHandle>(null);
  const paper = useRef<HTMLCanvasElement>(null);
  const { rows, region, level, of } = plan;
  const { scene, coast, onScale } = useScene(region.code, rows);
  const points = useQuery(mapQuery({ region: region.code })).data;
  const villages = useMemo(
    () =>
      (points?.villages ?? []).filter(
        ({ code }) => of === 'all' || (villageType(code) === 'kelurahan') === (of === 'kelurahan'),
      ),
    [points, of],
  );
  const measured = useMemo(
    () => new Map(rows.map((row) => [row.code, { ...row, programme: standingOf(row), clients: null }])),
    [rows],
  );
  const measure = useMemo(() => {
    const found = measureOf(measureId, [...measured.values()], t, f);
    return measureId === 'coverage' ? { ...found, title: c.map.legend.coverage(c.of[of]) } : found;
  }, [measureId, measured, t, f, c, of]);
  const fillOf = useCallback(
    (code: RegionCode) => {
      const row = measured.get(code);
      return row === undefined ? { token: 'land' } : measure.stepOf(row).fill;
    },
    [measured, measure],
  );
  const textOf = useCallback(
    (code: RegionCode): string => {
      const row = measured.get(code);
      return row === undefined ? code : `${row.name}\n${c.map.measures[measureId]}: ${measure.textOf(row)}`;
    },
    [measured, measure, measureId, c],
  );
  const tipOf = useCallback(
    (hit: Hit): string => {
      if (hit.kind === 'region') return textOf(hit.code);
      if (hit.kind === 'site') return hit.site.name;
      if (hit.kind === 'village') return `${hit.village.name}\n${t.state[hit.village.state]}`;
      const { counts, members } = hit.cluster;
      const parts = VILLAGE_STATES.filter((state) => counts[state] > 0);
      return [`${f.number(members.length)} ${t.unit.village}`]
        .concat(parts.map((state) => `${f.number(counts[state])} ${t.state[state]}`).join(' · '))
        .join('\n');
    },
    [textOf, t, f],
  );
  const pick = useCallback(
    (hit: Hit | null) => {
      if (hit?.kind === 'region') onPick(hit.code);
      else if (hit?.kind === 'village') onPick(ancestorCode(hit.village.code, level) ?? undefined);
      else if (hit === null) onPick(undefined);
    },
    [onPick, level],
  );

  const drawOn = useCallback<PlanMapHandle['drawOn']>(
    (canvas, caption, { isPaper }) => {
      if (scene === null) return false;
      inLight(() =>
        drawMapPicture(canvas, {
          ...PICTURE,
          caption,
          scene,
          coast,
          villages,
          fillOf,
          measure,
          isPaper,
          ratio: PAPER_RATIO,
        }),
      );
      return true;
    },
    [scene, coast, villages, fillOf, measure],
  );
  useImperativeHandle(ref, () => ({ drawOn }), [drawOn]);
  useEffect(() => {
    const prepare = () => {
      if (paper.current !== null) drawOn(paper.current, paperCaption, { isPaper: true });
    };
    addEventListener('beforeprint', prepare);
    return () => removeEventListener('beforeprint', prepare);
  }, [drawOn, paperCaption]);

  const shown = picked === undefined ? undefined : rows.find(({ code }) => code === picked);
  return (
    <section className="plan-map" aria-label={c.map.title}>
      <Segments
        label={c.map.measure}
        value={measureId}
        options={PLAN_MEASURES.map((value) => ({ value, text: c.map.measures[value] }))}
        onChange={(value) =>
          void navigate({
            search: (previous) => ({ ...previous, measure: value === 'coverage' ? undefined : value }),
            replace: true,
          })
        }
      />
      <div className="map-box">
        {scene === null ? (
          <Skeleton height={280} />
        ) : (
          <MapCanvas
            key={region.code}
            ref={map}
            label={c.map.label(region.name)}
            scene={scene}
            coast={coast}
            villages={villages}
            sites={[]}
            fillOf={fillOf}
            selectedRegion={picked}
            selectedVillage={undefined}
            selectedSite={undefined}
            focusedRegion={focused}
            marginOf={marginOf}
            tipOf={tipOf}
            onPick={pick}
            onScale={onScale}
          />
        )}
        <div className="map-zoom">
          <button type="button" className="button" aria-label={t.map.zoomIn} onClick={() => map.current?.zoom(1.6)}>
            <Icon name="plus" />
          </button>
          <button
            type="button"
            className="button"
            aria-label={t.map.zoomOut}
            onClick={() => map.current?.zoom(1 / 1.6)}
          >
            <Icon name="minus" />
          </button>
          <button type="button" className="button" aria-label={t.map.fit} onClick={() => map.current?.showAll()}>
            <Icon name="fit" />
          </button>
        </div>
      </div>
      <Legend measure={measure} />
      <p className="plan-picked" aria-live="polite">
        {shown === undefined ? (
          <span className="muted">{c.map.pick}</span>
        ) : (
          <>
            <strong>{shown.name}</strong>
            <span className="secondary">{measure.textOf(measured.get(shown.code) ?? { ...shown, clients: null })}</span>
            {level !== 'village' && (
              <Link
                from="/coverage"
                to="/coverage"
                search={(previous) => ({ ...previous, region: shown.code, pick: undefined })}
              >
                {c.map.open}
              </Link>
            )}
            <Link to="/coverage/villages" search={{ region: shown.code, of, is: 'all' }}>
              {c.map.villages}
            </Link>
            <Link to="/coverage/programme/$code" params={{ code: shown.code }}>
              {c.map.word}
            </Link>
          </>
        )}
      </p>
      <canvas ref={paper} className="plan-paper" />
    </section>
  );
}
