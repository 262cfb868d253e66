import type { MapSite } from '../../core/contract/coverage.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import type { VILLAGE_STATES } from '../../core/domain/state.ts';
import { token } from '../frame/theme.ts';
import { type Cluster, worstOf } from './clusters.ts';
import { type Boxed, placeLabels } from './labels.ts';
import { inkOf, paintShape, type VillageMarks } from './marks.ts';
import type { Fill } from './measures.ts';
import { type Lines, linesPattern, PAPER_LINES } from './patterns.ts';
import type { RegionShape, Scene, XY } from './scene.ts';
import { type Size, toScreen, type View } from './view.ts';

export type PlacedSite = { readonly site: MapSite; readonly at: XY };
export type Picture = {
  readonly scene: Scene;
  readonly coast: Path2D | null;
  readonly fillOf: (code: RegionCode) => Fill;
  readonly clusters: readonly Cluster[];
  readonly sites: readonly PlacedSite[];
  readonly selectedRegion: RegionCode | undefined;
  readonly selectedVillage: RegionCode | undefined;
  readonly selectedSite: string | undefined;
  readonly hoveredRegion: RegionCode | undefined;
  readonly marks: VillageMarks;
  readonly font: string;
  /** To be printed: what colour tells is told by lines too. */
  readonly isPaper?: boolean;
};

const CLUSTER_PX = 13;
const SITE_PX = 4.5;
const VIEW_EDGE_PX = 40;
/** From here on, names of single villages are written. */
export const VILLAGE_NAMES_FROM = 900;

export const linesOf = (fill: Fill, isPaper = false): Lines | undefined =>
  fill.lines ?? (isPaper ? PAPER_LINES[fill.token] : undefined);

function paintRegions(context: CanvasRenderingContext2D, picture: Picture, k: number): void {
  const { scene, fillOf } = picture;
  const patterns = new Map<Lines, CanvasPattern | null>();
  for (const { code, path } of scene.regions) {
    const fill = fillOf(code);
    context.fillStyle = token(fill.token);
    context.fill(path);
    const lines = linesOf(fill, picture.isPaper);
    if (lines === undefined) continue;
    if (!patterns.has(lines)) patterns.set(lines, linesPattern(context, lines, k));
    const pattern = patterns.get(lines);
    if (pattern === null || pattern === undefined) continue;
    context.fillStyle = pattern;
    context.fill(path);
  }
  context.lineJoin = 'round';
  context.strokeStyle = token('land-line');
  context.lineWidth = 0.8 / k;
  for (const { path } of scene.regions) context.stroke(path);
  const outlined = (code: RegionCode | undefined, width: number) => {
    const region = scene.regions.find((candidate) => candidate.code === code);
    if (region === undefined) return;
    context.strokeStyle = token('accent');
    context.lineWidth = width / k;
    context.stroke(region.path);
  };
  if (picture.hoveredRegion !== picture.selectedRegion) outlined(picture.hoveredRegion, 1.4);
  outlined(picture.selectedRegion, 2.4);
}

function paintCluster(context: CanvasRenderingContext2D, { counts, members }: Cluster, font: string): Boxed['radius'] {
  const total = members.length;
  const radius = CLUSTER_PX + Math.min(8, Math.log2(total));
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.fillStyle = token('surface');
  context.fill();
  context.strokeStyle = token('halo');
  context.lineWidth = 5;
  context.stroke();
  let from = -Math.PI / 2;
  for (const state of [
    'down',
    'partial',
    'unknown',
    'normal',
  ] as const satisfies readonly (typeof VILLAGE_STATES)[number][]) {
    if (counts[state] === 0) continue;
    const to = from + (counts[state] / total) * 2 * Math.PI;
    context.beginPath();
    context.arc(0, 0, radius - 1.5, from, to);
    context.strokeStyle = state === 'unknown' ? inkOf(state).line : inkOf(state).fill;
    context.lineWidth = 3;
    context.setLineDash(state === 'unknown' ? [3, 2] : []);
    context.stroke();
    from = to;
  }
  context.setLineDash([]);
  context.fillStyle = token('text');
  context.font = `600 12px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(String(total), 0, 0.5);
  const worst = worstOf(counts);
  if (worst !== 'normal') {
    context.translate(radius * 0.78, -radius * 0.78);
    context.beginPath();
    context.arc(0, 0, 6.5, 0, 2 * Math.PI);
    context.fillStyle = token('halo');
    context.fill();
    paintShape(context, worst, 4);
  }
  return radius + 2;
}

const isVisible = ([x, y]: XY, { width, height }: Size): boolean =>
  x > -VIEW_EDGE_PX && y > -VIEW_EDGE_PX && x < width + VIEW_EDGE_PX && y < height + VIEW_EDGE_PX;

function paintSites(context: CanvasRenderingContext2D, picture: Picture, view: View, size: Size): void {
  for (const { site, at } of picture.sites) {
    const screen = toScreen(view, at);
    if (!isVisible(screen, size)) continue;
    context.save();
    context.translate(screen[0], screen[1]);
    context.beginPath();
    context.roundRect(-SITE_PX - 2, -SITE_PX - 2, SITE_PX * 2 + 4, SITE_PX * 2 + 4, 2);
    context.fillStyle = token('surface');
    context.fill();
    context.strokeStyle = token(site.id === picture.selectedSite ? 'accent' : site.planned ? 'planned' : 'line-strong');
    context.lineWidth = site.id === picture.selectedSite ? 2 : 1;
    context.stroke();
    if (!site.planned) paintShape(context, site.state, site.state === 'unknown' ? 3 : 3.5);
    context.restore();
  }
}

/** Draws points and returns what they cover, so that names keep off. */
function paintVillages(context: CanvasRenderingContext2D, picture: Picture, view: View, size: Size): Boxed[] {
  const covered: Boxed[] = [];
  const { marks } = picture;
  for (const cluster of picture.clusters) {
    const at = toScreen(view, cluster.at);
    if (!isVisible(at, size)) continue;
    const [only] = cluster.members;
    if (cluster.members.length > 1 || only === undefined) {
      context.save();
      context.translate(at[0], at[1]);
      const radius = paintCluster(context, cluster, picture.font);
      context.restore();
      covered.push({ at, radius });
      continue;
    }
    if (only.village.code === picture.selectedVillage) {
      context.beginPath();
      context.arc(at[0], at[1], marks.size / 2 + 1, 0, 2 * Math.PI);
      context.fillStyle = token('accent-soft');
      context.fill();
      context.strokeStyle = token('accent');
      context.lineWidth = 2;
      context.stroke();
    }
    const image = marks.of(only.village.office, only.village.public);
    context.drawImage(image, at[0] - marks.size / 2, at[1] - marks.size / 2, marks.size, marks.size);
    covered.push({ at, radius: marks.size / 2 - 3 });
  }
  return covered;
}

function paintNames(
  context: CanvasRenderingContext2D,
  picture: Picture,
  view: View,
  size: Size,
  covered: Boxed[],
): void {
  const { font, scene } = picture;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const write = (text: string, x: number, y: number, ink: string) => {
    context.strokeStyle = token('halo');
    context.lineWidth = 3;
    context.globalAlpha = 0.85;
    context.strokeText(text, x, y);
    context.globalAlpha = 1;
    context.fillStyle = token(ink);
    context.fillText(text, x, y);
  };
  context.font = `500 12px ${font}`;
  const widthOf = (text: string) => context.measureText(text).width;
  const regions: readonly RegionShape[] = scene.regions.filter(({ box: [x0, y0, x1, y1] }) => {
    const [left, top] = toScreen(view, [x0, y0]);
    const [right, bottom] = toScreen(view, [x1, y1]);
    return right > 0 && bottom > 0 && left < size.width && top < size.height;
  });
  const taken = [...covered];
  for (const { lines, at, isSelected } of placeLabels(
    regions,
    view,
    taken,
    widthOf,
    picture.selectedRegion,
    scene.slotOf !== null,
    size,
  )) {
    for (const [n, line] of lines.entries()) {
      write(line, at[0], at[1] + (n - (lines.length - 1) / 2) * 14, isSelected ? 'accent' : 'text-2');
    }
  }
  if (view.k * scene.unitsPerDegree < VILLAGE_NAMES_FROM) return;
  context.font = `400 12px ${font}`;
  context.textAlign = 'left';
  for (const { members, at } of picture.clusters) {
    const [only] = members;
    if (members.length !== 1 || only === undefined) continue;
    const [x, y] = toScreen(view, at);
    if (isVisible([x, y], size)) write(only.village.name, x + picture.marks.size / 2, y, 'text');
  }
}

/** One frame. The context's own scale is the pixel density. */
export function paint(
  context: CanvasRenderingContext2D,
  picture: Picture,
  view: View,
  size: Size,
  ratio: number,
): void {
  const { k, x, y } = view;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = token('sea');
  context.fillRect(0, 0, size.width, size.height);
  context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
  if (picture.coast !== null) {
    context.fillStyle = token('land-far');
    context.fill(picture.coast);
    context.strokeStyle = token('coast');
    context.lineWidth = 0.7 / k;
    context.stroke(picture.coast);
  }
  paintRegions(context, picture, k);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintSites(context, picture, view, size);
  const covered = paintVillages(context, picture, view, size);
  paintNames(context, picture, view, size, covered);
}
