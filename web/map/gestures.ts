import type { XY } from './scene.ts';

export type Gestures = {
  readonly onPan: (dx: number, dy: number) => void;
  readonly onZoom: (factor: number, at: XY) => void;
  readonly onTap: (at: XY) => void;
  /** null when the pointer leaves. Never from a finger. */
  readonly onHover: (at: XY | null) => void;
};

/** A finger trembles: less than this is a tap. */
const TAP_PX = 6;
const WHEEL_STEP = 0.0022;
const PINCH_WHEEL_STEP = 0.012;
const DOUBLE_TAP_MS = 300;

/** Drag, pinch, wheel, double tap and hover on one element. Returns how to stop. */
export function followPointers(node: HTMLElement, gestures: Gestures): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const down = new Map<number, XY>();
  let travelled = 0;
  let lastTapAt = 0;
  let lastTap: XY = [0, 0];
  const place = (event: MouseEvent): XY => {
    const box = node.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const spread = (): number => {
    const [a, b] = [...down.values()];
    return a === undefined || b === undefined ? 0 : Math.hypot(a[0] - b[0], a[1] - b[1]);
  };
  const middle = (): XY => {
    const points = [...down.values()];
    const sum = points.reduce(([x, y], [px, py]): [number, number] => [x + px, y + py], [0, 0] as [number, number]);
    return [sum[0] / Math.max(1, points.length), sum[1] / Math.max(1, points.length)];
  };

  node.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      if (down.size === 0) travelled = 0;
      down.set(event.pointerId, place(event));
      node.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  node.addEventListener(
    'pointermove',
    (event) => {
      const at = place(event);
      const before = down.get(event.pointerId);
      if (before === undefined) {
        if (event.pointerType !== 'touch') gestures.onHover(at);
        return;
      }
      const wasSpread = spread();
      const wasMiddle = middle();
      down.set(event.pointerId, at);
      travelled += Math.hypot(at[0] - before[0], at[1] - before[1]);
      if (travelled < TAP_PX) return;
      const nowMiddle = middle();
      gestures.onPan(nowMiddle[0] - wasMiddle[0], nowMiddle[1] - wasMiddle[1]);
      if (down.size === 2 && wasSpread > 0) gestures.onZoom(spread() / wasSpread, nowMiddle);
    },
    { signal },
  );
  const lift = (event: PointerEvent) => {
    const was = down.delete(event.pointerId);
    if (!was || event.type !== 'pointerup' || travelled >= TAP_PX || down.size > 0) return;
    const at = place(event);
    const isDouble =
      event.timeStamp - lastTapAt < DOUBLE_TAP_MS && Math.hypot(at[0] - lastTap[0], at[1] - lastTap[1]) < 24;
    lastTapAt = event.timeStamp;
    lastTap = at;
    if (isDouble) gestures.onZoom(2, at);
    else gestures.onTap(at);
  };
  node.addEventListener('pointerup', lift, { signal });
  node.addEventListener('pointercancel', lift, { signal });
  node.addEventListener('pointerleave', () => gestures.onHover(null), { signal });
  node.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === 0 ? 1 : 32);
      // A pinch on a touchpad comes as a wheel with the control key.
      gestures.onZoom(Math.exp(-pixels * (event.ctrlKey ? PINCH_WHEEL_STEP : WHEEL_STEP)), place(event));
    },
    { signal, passive: false },
  );
  return () => stop.abort();
}
