import { type KeyboardEvent, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { MapSite, MapVillage } from '../../core/contract/coverage.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import { watchTheme } from '../frame/theme.ts';
import { levelOf } from './clusters.ts';
import { followPointers } from './gestures.ts';
import { type Hit, hitAt } from './hits.ts';
import { VillageMarks } from './marks.ts';
import type { Fill } from './measures.ts';
import { type PlacedSite, paint } from './paint.ts';
import { clustersOf, placeVillages } from './placed.ts';
import type { Box, Scene, XY } from './scene.ts';
import { fitTo, kept, type Margin, panned, type Size, type View, zoomAt } from './view.ts';
import './map.css';

export type MapHandle = {
  readonly zoom: (factor: number) => void;
  readonly showAll: () => void;
  readonly showBox: (box: Box) => void;
};

type Props = {
  readonly ref: React.Ref<MapHandle>;
  readonly label: string;
  readonly scene: Scene;
  readonly coast: Path2D | null;
  readonly villages: readonly MapVillage[];
  readonly sites: readonly MapSite[];
  readonly fillOf: (code: RegionCode) => Fill;
  readonly selectedRegion: RegionCode | undefined;
  readonly selectedVillage: RegionCode | undefined;
  readonly selectedSite: string | undefined;
  readonly focusedRegion: RegionCode | undefined;
  /** Room for what lies over the map's edges, by its width. */
  readonly marginOf: (width: number) => Margin;
  readonly tipOf: (hit: Hit) => string;
  readonly onPick: (hit: Hit | null) => void;
  readonly onScale: (pixelsPerDegree: number) => void;
};

const MARK_PX = 7;
/** Below this many pixels a degree, sites other than villages lie upon each other and only hide the map. */
const SITES_FROM = 420;
const STEP_PX = 80;
const KEY_ZOOM = 1.5;
const MAX_RATIO = 2;

export function MapCanvas(props: Props) {
  const { scene, villages, sites, marginOf, tipOf, onPick, onScale } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const view = useRef<View | null>(null);
  const size = useRef<Size>({ width: 0, height: 0 });
  const frame = useRef(0);
  /** Half-steps of zoom: the only part of the view that React must know, for the clusters. */
  const [level, setLevel] = useState(0);
  const [hoveredRegion, setHovered] = useState<RegionCode>();
  const ratio = Math.min(MAX_RATIO, devicePixelRatio);

  const placed = useMemo(() => placeVillages(scene, villages), [scene, villages]);
  const clusters = useMemo(() => clustersOf(scene, placed, level), [scene, placed, level]);
  const placedSites = useMemo((): readonly PlacedSite[] => {
    if (scene.slotOf !== null || 2 ** level * scene.unitsPerDegree < SITES_FROM) return [];
    return sites.map((site) => ({ site, at: scene.project(site.lng, site.lat) }));
  }, [scene, sites, level]);

  const picture = useRef<Parameters<typeof paint>[1]>(null);
  const draw = useCallback(() => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      const context = canvas.current?.getContext('2d');
      if (context === null || context === undefined || view.current === null || picture.current === null) return;
      paint(context, picture.current, view.current, size.current, ratio);
    });
  }, [ratio]);

  const look = useCallback(
    (next: View) => {
      view.current = kept(next, scene.box, size.current);
      setLevel(levelOf(view.current.k));
      onScale(view.current.k * scene.unitsPerDegree);
      draw();
    },
    [scene, draw, onScale],
  );
  const base = useCallback(() => fitTo(scene.box, size.current, marginOf(size.current.width)).k, [scene, marginOf]);
  const showAll = useCallback(
    () => look(fitTo(scene.box, size.current, marginOf(size.current.width))),
    [scene, marginOf, look],
  );
  const zoomMiddle = useCallback(
    (factor: number) => {
      const { width, height } = size.current;
      if (view.current !== null) look(zoomAt(view.current, factor, [width / 2, height / 2], base()));
    },
    [look, base],
  );
  useImperativeHandle(
    props.ref,
    () => ({
      zoom: zoomMiddle,
      showAll,
      showBox: (box) => look(fitTo(box, size.current, marginOf(size.current.width))),
    }),
    [zoomMiddle, showAll, look, marginOf],
  );

  useEffect(() => {
    const marks = new VillageMarks(ratio, MARK_PX);
    const { coast, fillOf, selectedRegion, selectedVillage, selectedSite, focusedRegion } = props;
    picture.current = {
      scene,
      coast,
      fillOf,
      clusters,
      sites: placedSites,
      selectedRegion,
      selectedVillage,
      selectedSite,
      hoveredRegion: focusedRegion ?? hoveredRegion,
      marks,
      font: getComputedStyle(document.body).fontFamily,
    };
    draw();
  });
  useEffect(
    () =>
      watchTheme(() => {
        // Pictures of marks hold the old colours.
        if (picture.current !== null) picture.current = { ...picture.current, marks: new VillageMarks(ratio, MARK_PX) };
        draw();
      }),
    [draw, ratio],
  );

  const hasView = useRef(false);
  useEffect(() => {
    hasView.current = false;
    const node = canvas.current;
    if (node === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      size.current = { width, height };
      node.width = Math.round(width * ratio);
      node.height = Math.round(height * ratio);
      if (!hasView.current && width > 0) {
        hasView.current = true;
        showAll();
      } else draw();
    });
    observer.observe(node);
    return () => observer.disconnect();
  }, [ratio, showAll, draw]);

  const hit = useCallback((at: XY): Hit | null => {
    const now = picture.current;
    return now === null || view.current === null ? null : hitAt(now, view.current, at);
  }, []);

  useEffect(() => {
    const node = canvas.current;
    if (node === null) return;
    const hideTip = () => {
      if (tip.current !== null) tip.current.hidden = true;
    };
    return followPointers(node, {
      onPan: (dx, dy) => {
        hideTip();
        if (view.current !== null) look(panned(view.current, dx, dy));
      },
      onZoom: (factor, at) => {
        hideTip();
        if (view.current !== null) look(zoomAt(view.current, factor, at, base()));
      },
      onTap: (at) => {
        const found = hit(at);
        if (found?.kind === 'cluster' && view.current !== null) look(zoomAt(view.current, 2, at, base()));
        else onPick(found);
      },
      onHover: (at) => {
        const found = at === null ? null : hit(at);
        setHovered(found?.kind === 'region' ? found.code : undefined);
        node.style.cursor = found === null ? '' : 'pointer';
        const box = tip.current;
        if (box === null) return;
        box.hidden = found === null || at === null;
        if (found === null || at === null) return;
        box.textContent = tipOf(found);
        const isRight = at[0] > size.current.width - box.offsetWidth - 24;
        box.style.left = `${isRight ? at[0] - box.offsetWidth - 12 : at[0] + 14}px`;
        box.style.top = `${Math.min(at[1] + 14, size.current.height - box.offsetHeight - 8)}px`;
      },
    });
  }, [look, base, hit, onPick, tipOf]);

  const pan = (dx: number, dy: number) => {
    if (view.current !== null) look(panned(view.current, dx, dy));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'ArrowLeft':
        pan(STEP_PX, 0);
        break;
      case 'ArrowRight':
        pan(-STEP_PX, 0);
        break;
      case 'ArrowUp':
        pan(0, STEP_PX);
        break;
      case 'ArrowDown':
        pan(0, -STEP_PX);
        break;
      case '+':
      case '=':
        zoomMiddle(KEY_ZOOM);
        break;
      case '-':
        zoomMiddle(1 / KEY_ZOOM);
        break;
      case '0':
        showAll();
        break;
      case 'Escape':
        onPick(null);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return (
    <>
      <canvas
        ref={canvas}
        className="map-canvas"
        role="img"
        aria-label={props.label}
        tabIndex={0}
        onKeyDown={onKeyDown}
      />
      <div ref={tip} className="tip map-tip" hidden />
    </>
  );
}
