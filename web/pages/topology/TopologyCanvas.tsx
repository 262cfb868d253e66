import { type KeyboardEvent, useCallback, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import { watchTheme } from '../../frame/theme.ts';
import { followPointers } from '../../map/gestures.ts';
import type { XY } from '../../map/scene.ts';
import { fitTo, kept, type Margin, panned, type Size, toScreen, toWorld, type View, zoomAt } from '../../map/view.ts';
import { Backing } from './backing.ts';
import { NONE } from './graph.ts';
import { type Picture, paint } from './paint.ts';
import { nearestLine, type Scene, SlotGrid } from './scene.ts';
import { stepFrom, type Way } from './step.ts';

export type CanvasHandle = {
  readonly zoom: (factor: number) => void;
  readonly showAll: () => void;
  /** The picture as it is on the screen. */
  readonly png: () => Promise<Blob | null>;
};
export type Hit = { readonly kind: 'slot'; readonly slot: number } | { readonly kind: 'line'; readonly line: number };

type Props = {
  readonly ref: React.Ref<CanvasHandle>;
  readonly label: string;
  readonly picture: Omit<Picture, 'font'>;
  readonly tipOf: (hit: Hit) => string;
  readonly onPick: (hit: Hit | null) => void;
  /** Enter. */
  readonly onOpen: (slot: number) => void;
  /** Space, or a second click. */
  readonly onToggle: (slot: number) => void;
};

const REACH_PX = 13;
const LINE_REACH_PX = 6;
const KEY_ZOOM = 1.5;
const MAX_RATIO = 2;
/** More than this is not drawn sixty times a second. */
const HEAVY = 1_200;
/** Letters of a name beside the outermost marks need room. */
const MARGIN: Margin = { top: 28, right: 40, bottom: 40, left: 40 };
const WAYS: Readonly<Record<string, Way>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const marginOf = ({ kind }: Scene, { width }: Size): Margin =>
  kind === 'tree' ? { ...MARGIN, right: Math.min(260, width * 0.45), left: 28 } : MARGIN;

export function TopologyCanvas(props: Props) {
  const { picture, tipOf, onPick, onOpen, onToggle } = props;
  const { scene, selectedSlot } = picture;
  const canvas = useRef<HTMLCanvasElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const view = useRef<View | null>(null);
  const size = useRef<Size>({ width: 0, height: 0 });
  const frame = useRef(0);
  const drawn = useRef<Picture>(null);
  const backing = useMemo(() => new Backing(), []);
  const grid = useMemo(() => new SlotGrid(scene), [scene]);
  const ratio = Math.min(MAX_RATIO, devicePixelRatio);

  const draw = useCallback(() => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      const context = canvas.current?.getContext('2d', { alpha: false });
      const [now, at] = [drawn.current, view.current];
      if (context === null || context === undefined || now === null || at === null) return;
      if (now.scene.count + now.scene.lineCount < HEAVY) {
        context.imageSmoothingEnabled = true;
        paint(context, now, at, size.current, ratio);
      } else {
        backing.show(context, at, size.current, ratio, (on, v, s, r) => paint(on, now, v, s, r), draw);
      }
    });
  }, [ratio, backing]);

  const look = useCallback(
    (next: View) => {
      view.current = kept(next, scene.box, size.current);
      draw();
    },
    [scene, draw],
  );
  const fitted = useCallback((): View => {
    const whole = fitTo(scene.box, size.current, marginOf(scene, size.current));
    // A few marks are not blown up to fill a wall.
    const most = 26 / scene.spacing;
    if (scene.kind === 'map' || whole.k <= most) return whole;
    const [x0, y0, x1, y1] = scene.box;
    const { width, height } = size.current;
    return { k: most, x: width / 2 - (most * (x0 + x1)) / 2, y: height / 2 - (most * (y0 + y1)) / 2 };
  }, [scene]);
  const showAll = useCallback(() => look(opening(scene, fitted(), size.current)), [scene, look, fitted]);
  const zoom = useCallback(
    (factor: number, at: XY = [size.current.width / 2, size.current.height / 2]) => {
      if (view.current !== null) look(zoomAt(view.current, factor, at, fitted().k));
    },
    [look, fitted],
  );
  useImperativeHandle(
    props.ref,
    () => ({
      zoom,
      showAll: () => look(fitted()),
      png: () => new Promise((done) => (canvas.current === null ? done(null) : canvas.current.toBlob(done))),
    }),
    [zoom, look, fitted],
  );

  useEffect(() => {
    drawn.current = { ...picture, font: getComputedStyle(document.body).fontFamily };
    backing.forget();
    draw();
  }, [picture, draw, backing]);
  useEffect(
    () =>
      watchTheme(() => {
        backing.forget();
        draw();
      }),
    [draw, backing],
  );
  useEffect(() => () => backing.stop(), [backing]);

  // A branch that opens or closes leaves the eye where it was; another way of looking begins anew.
  const shownKind = useRef<Scene['kind']>(null);
  const shown = useRef<Scene>(null);
  useEffect(() => {
    const before = shown.current;
    shown.current = scene;
    if (size.current.width === 0) return;
    if (shownKind.current !== scene.kind || before === null || view.current === null) showAll();
    else look(held(before, scene, view.current, selectedSlot));
    shownKind.current = scene.kind;
  }, [scene, showAll, look, selectedSlot]);
  useEffect(() => {
    const at = view.current;
    if (selectedSlot === NONE || at === null) return;
    const [x, y] = toScreen(at, [scene.xs[selectedSlot] ?? 0, scene.ys[selectedSlot] ?? 0]);
    const { width, height } = size.current;
    const isInSight = x > 24 && y > 24 && x < width - 60 && y < height - 24;
    if (!isInSight) look(panned(at, width / 2 - x, height / 2 - y));
  }, [scene, selectedSlot, look]);

  useEffect(() => {
    const node = canvas.current;
    if (node === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      size.current = { width, height };
      node.width = Math.round(width * ratio);
      node.height = Math.round(height * ratio);
      if (view.current === null && width > 0) {
        shownKind.current = scene.kind;
        showAll();
      } else draw();
    });
    observer.observe(node);
    return () => observer.disconnect();
  }, [ratio, scene, showAll, draw]);

  const hit = useCallback(
    (at: XY): Hit | null => {
      if (view.current === null) return null;
      const [x, y] = toWorld(view.current, at);
      const slot = grid.nearest(x, y, REACH_PX / view.current.k);
      if (slot !== NONE) return { kind: 'slot', slot };
      const line = nearestLine(scene, x, y, LINE_REACH_PX / view.current.k);
      return line === NONE ? null : { kind: 'line', line };
    },
    [grid, scene],
  );

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
        zoom(factor, at);
      },
      onTap: (at) => {
        const found = hit(at);
        if (found?.kind === 'slot' && found.slot === selectedSlot) onToggle(found.slot);
        else onPick(found);
      },
      onHover: (at) => {
        const found = at === null ? null : hit(at);
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
  }, [look, zoom, hit, onPick, onToggle, tipOf, selectedSlot]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = WAYS[event.key];
    if (way !== undefined) {
      const next = selectedSlot === NONE ? (scene.count > 0 ? 0 : NONE) : stepFrom(scene, selectedSlot, way);
      if (next !== NONE) onPick({ kind: 'slot', slot: next });
    } else if (event.key === 'Enter' && selectedSlot !== NONE) onOpen(selectedSlot);
    else if (event.key === ' ' && selectedSlot !== NONE) onToggle(selectedSlot);
    else if (event.key === '+' || event.key === '=') zoom(KEY_ZOOM);
    else if (event.key === '-') zoom(1 / KEY_ZOOM);
    else if (event.key === '0') look(fitted());
    else if (event.key === 'Escape') onPick(null);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <canvas
        ref={canvas}
        className="topology-canvas"
        role="img"
        aria-label={props.label}
        tabIndex={0}
        onKeyDown={onKeyDown}
      />
      <div ref={tip} className="tip map-tip" hidden />
    </>
  );
}

/** What is read by its names begins where it begins, at a size at which they can be read; the rest is shown whole. */
function opening(scene: Scene, whole: View, { width }: Size): View {
  const [x0, y0, , y1] = scene.box;
  const readable = scene.kind === 'tree' ? 19 / scene.spacing : 0.85;
  if (scene.kind === 'rings' && whole.k < readable) return { k: readable, x: 12 - x0 * readable, y: 8 - y0 * readable };
  if (scene.kind !== 'tree' || whole.k >= readable) return whole;
  const root = scene.ys[0] ?? (y0 + y1) / 2;
  const middle = whole.y + whole.k * ((y0 + y1) / 2);
  return { k: readable, x: Math.min(40, width / 10) - x0 * readable, y: middle - root * readable };
}

/** The view in which what was selected, or the core, stays where it was. */
function held(before: Scene, after: Scene, view: View, slot: number): View {
  const node = after.nodes[slot === NONE ? 0 : slot] ?? NONE;
  const was = before.slotOf[node] ?? NONE;
  const is = after.slotOf[node] ?? NONE;
  if (was === NONE || is === NONE) return view;
  return panned(
    view,
    ((before.xs[was] ?? 0) - (after.xs[is] ?? 0)) * view.k,
    ((before.ys[was] ?? 0) - (after.ys[is] ?? 0)) * view.k,
  );
}
