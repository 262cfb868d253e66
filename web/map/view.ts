import type { Box, XY } from './scene.ts';

/** Screen = world · k + (x, y), in CSS pixels. */
export type View = { readonly x: number; readonly y: number; readonly k: number };
export type Size = { readonly width: number; readonly height: number };
/** What lies over the edges of the map: nothing of the province may hide there when all of it is shown. */
export type Margin = { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };

export const MAX_ZOOM_IN = 60;
export const MAX_ZOOM_OUT = 0.4;

/** The view that shows the whole box between the margins. */
export function fitTo([x0, y0, x1, y1]: Box, { width, height }: Size, margin: Margin): View {
  const room = {
    width: Math.max(40, width - margin.left - margin.right),
    height: Math.max(40, height - margin.top - margin.bottom),
  };
  const k = Math.min(room.width / Math.max(1e-6, x1 - x0), room.height / Math.max(1e-6, y1 - y0));
  return {
    k,
    x: margin.left + room.width / 2 - (k * (x0 + x1)) / 2,
    y: margin.top + room.height / 2 - (k * (y0 + y1)) / 2,
  };
}

/** Zooms by `factor` so that what lies under `at` stays there. */
export function zoomAt(view: View, factor: number, [atX, atY]: XY, base: number): View {
  const k = Math.min(base * MAX_ZOOM_IN, Math.max(base * MAX_ZOOM_OUT, view.k * factor));
  const by = k / view.k;
  return { k, x: atX - (atX - view.x) * by, y: atY - (atY - view.y) * by };
}

export const panned = (view: View, dx: number, dy: number): View => ({ ...view, x: view.x + dx, y: view.y + dy });

/** Keeps at least a part of the box in sight, so that no one loses the province. */
export function kept(view: View, [x0, y0, x1, y1]: Box, { width, height }: Size): View {
  const margin = 80;
  const left = x0 * view.k + view.x;
  const right = x1 * view.k + view.x;
  const top = y0 * view.k + view.y;
  const bottom = y1 * view.k + view.y;
  const dx = right < margin ? margin - right : left > width - margin ? width - margin - left : 0;
  const dy = bottom < margin ? margin - bottom : top > height - margin ? height - margin - top : 0;
  return panned(view, dx, dy);
}

export const toWorld = ({ x, y, k }: View, [sx, sy]: XY): XY => [(sx - x) / k, (sy - y) / k];
export const toScreen = ({ x, y, k }: View, [wx, wy]: XY): XY => [wx * k + x, wy * k + y];
