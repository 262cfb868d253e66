import { coastline } from 'virtual:coastline';
import type { Scene, XY } from './scene.ts';

/** Land farther off than this many widths of the province is never in sight. */
const REACH = 1.5;

/** The land around, as one path in the scene's units. */
export function coastPath({ project, box: [x0, y0, x1, y1] }: Pick<Scene, 'project' | 'box'>): Path2D {
  const path = new Path2D();
  const reach = Math.max(x1 - x0, y1 - y0) * REACH;
  for (const ring of coastline.rings) {
    let lng = 0;
    let lat = 0;
    const points: XY[] = [];
    for (let at = 0; at + 1 < ring.length; at += 2) {
      lng += ring[at] ?? 0;
      lat += ring[at + 1] ?? 0;
      points.push(project(lng / coastline.stepsPerDegree, lat / coastline.stepsPerDegree));
    }
    if (!points.some(([x, y]) => x > x0 - reach && x < x1 + reach && y > y0 - reach && y < y1 + reach)) continue;
    for (const [index, [x, y]] of points.entries()) {
      if (index === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
    path.closePath();
  }
  return path;
}
