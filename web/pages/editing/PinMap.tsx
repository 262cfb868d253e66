import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import type { RegionCode } from '../../../core/domain/region.ts';
import { regionQuery, shapesQuery } from '../../api/queries.ts';
import { askedFor, boxOf, contains, type Outline, outlinesOf } from './region-outline.ts';
import { useEditTexts } from './texts.ts';

type Place = { readonly lat: number; readonly lng: number };
type View = Place & {
  /** Degrees of longitude across the map. */
  readonly across: number;
};
type Props = {
  readonly place: Place | null;
  readonly regionCode: RegionCode;
  readonly onChange: (place: Place | null) => void;
};

/** Of the drawing; the page scales it. */
const WIDTH = 640;
const HEIGHT = 400;
const FINEST = 0.002;
const COARSEST = 12;
/** 1e-4 degrees are some 11 metres. */
const STEP = 1e-4;
const DIGITS = 6;
const CLICK_PX = 4;
const NO_OUTLINES: readonly Outline[] = [];

const round = (value: number): number => Number(value.toFixed(DIGITS));

function viewOf(outline: Outline | undefined, place: Place | null, middle: Place | null): View {
  if (outline !== undefined) {
    const { west, east, south, north } = boxOf(outline);
    const across = Math.max(east - west, ((north - south) * WIDTH) / HEIGHT) * 1.25;
    return { lng: (west + east) / 2, lat: (south + north) / 2, across: Math.max(FINEST, across) };
  }
  return {
    ...(place ?? middle ?? { lat: -2.5, lng: 118 }),
    across: place === null && middle === null ? COARSEST : 0.2,
  };
}

/** Where a site stands: set by a click, moved by dragging or by keys, within the outline of its region. */
export function PinMap({ place, regionCode, onChange }: Props) {
  const { e, t, f } = useEditTexts();
  const asked = regionCode === '' ? null : askedFor(regionCode);
  const shapes = useQuery({
    ...shapesQuery(asked?.code ?? '', asked?.level ?? 'province', asked?.zoom ?? 8),
    enabled: asked !== null,
  });
  const region = useQuery({ ...regionQuery(regionCode), enabled: regionCode !== '' }).data;
  const outlines = useMemo(() => (shapes.data ? outlinesOf(shapes.data) : NO_OUTLINES), [shapes.data]);
  const own = outlines.find(({ code }) => code === regionCode);
  const middle = region?.lat != null && region.lng != null ? { lat: region.lat, lng: region.lng } : null;
  const [moved, setMoved] = useState<(View & { readonly of: RegionCode }) | null>(null);
  const view = moved !== null && moved.of === regionCode ? moved : viewOf(own, place, middle);
  const box = useRef<HTMLDivElement>(null);
  const hold = useRef<{ readonly x: number; readonly y: number; readonly view: View; hasMoved: boolean } | null>(null);

  const scale = WIDTH / view.across;
  // Near the equator a degree is as long both ways.
  const x = (lng: number): number => WIDTH / 2 + (lng - view.lng) * scale;
  const y = (lat: number): number => HEIGHT / 2 - (lat - view.lat) * scale;
  const pathOf = ({ polygons }: Outline): string =>
    polygons
      .flat()
      .map((ring) => `M${ring.map(([lng = 0, lat = 0]) => `${x(lng).toFixed(1)} ${y(lat).toFixed(1)}`).join('L')}Z`)
      .join('');
  const look = (next: View): void => setMoved({ ...next, of: regionCode });
  const zoom = (factor: number): void =>
    look({ ...view, ...(place ?? {}), across: Math.min(COARSEST, Math.max(FINEST, view.across * factor)) });
  const put = (lat: number, lng: number): void => onChange({ lat: round(lat), lng: round(lng) });

  /** Units of the drawing for a pixel of the screen. */
  const unit = (): number => WIDTH / Math.max(1, box.current?.clientWidth ?? WIDTH);
  const placeAt = (event: PointerEvent): Place => {
    const rect = box.current?.getBoundingClientRect();
    const [left, top] = [event.clientX - (rect?.left ?? 0), event.clientY - (rect?.top ?? 0)];
    return {
      lng: view.lng + (left * unit() - WIDTH / 2) / scale,
      lat: view.lat - (top * unit() - HEIGHT / 2) / scale,
    };
  };
  const onDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || (event.target as Element).closest('button') !== null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    hold.current = { x: event.clientX, y: event.clientY, view, hasMoved: false };
  };
  const onMove = (event: PointerEvent<HTMLDivElement>): void => {
    const held = hold.current;
    if (held === null) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    held.hasMoved ||= Math.hypot(dx, dy) > CLICK_PX;
    if (!held.hasMoved) return;
    look({
      ...held.view,
      lng: held.view.lng - (dx * unit() * held.view.across) / WIDTH,
      lat: held.view.lat + (dy * unit() * held.view.across) / WIDTH,
    });
  };
  const onUp = (event: PointerEvent<HTMLDivElement>): void => {
    const held = hold.current;
    hold.current = null;
    if (held === null || held.hasMoved) return;
    const at = placeAt(event);
    put(at.lat, at.lng);
  };
  const drag = (event: PointerEvent<HTMLButtonElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const at = placeAt(event);
    put(at.lat, at.lng);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? 10 * STEP : STEP;
    const way = ({ ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] } as const)[
      event.key as 'ArrowUp'
    ];
    if (way === undefined || place === null) return;
    event.preventDefault();
    put(place.lat + way[0] * step, place.lng + way[1] * step);
  };
  const isOutside = place !== null && own !== undefined && !contains(own, place.lng, place.lat);
  const placed = (node: HTMLButtonElement | null): void => {
    if (node === null || place === null) return;
    node.style.setProperty('left', `${(100 * x(place.lng)) / WIDTH}%`);
    node.style.setProperty('top', `${(100 * y(place.lat)) / HEIGHT}%`);
  };
  return (
    <fieldset className="group pin">
      <legend>{e.map.label}</legend>
      <div className="pin-map" ref={box} onPointerDown={onDown} onPointerMove={onMove} onPointerUp={onUp}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
          {outlines.map((outline) => (
            <path key={outline.code} d={pathOf(outline)} className={outline === own ? 'pin-own' : 'pin-other'} />
          ))}
        </svg>
        {place !== null && (
          <button
            type="button"
            ref={placed}
            className={isOutside ? 'pin-point pin-point-outside' : 'pin-point'}
            aria-label={`${e.map.pin} ${e.map.at(f.number(place.lat, DIGITS), f.number(place.lng, DIGITS))}`}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag}
            onKeyDown={onKeyDown}
          />
        )}
        <div className="pin-buttons">
          <button
            type="button"
            className="button"
            aria-label={e.map.zoomIn}
            data-tip={e.map.zoomIn}
            onClick={() => zoom(0.5)}
          >
            +
          </button>
          <button
            type="button"
            className="button"
            aria-label={e.map.zoomOut}
            data-tip={e.map.zoomOut}
            onClick={() => zoom(2)}
          >
            −
          </button>
        </div>
      </div>
      <p className="form-hint">{regionCode === '' ? e.map.chooseRegion : e.map.place}</p>
      <div className="form-actions">
        <button type="button" className="button quiet" onClick={() => setMoved(null)}>
          {e.map.centre}
        </button>
        {place !== null && (
          <button type="button" className="button quiet" onClick={() => onChange(null)}>
            {e.map.remove}
          </button>
        )}
      </div>
      <p role="status" className={isOutside ? 'pin-outside' : 'form-hint'}>
        {isOutside ? e.map.outside(own?.name ?? region?.name ?? t.sites.column.region) : ''}
        {place !== null && shapes.isSuccess && own === undefined ? e.map.noShapes : ''}
      </p>
    </fieldset>
  );
}
