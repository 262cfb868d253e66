import type { MapVillage } from '../../core/contract/coverage.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import { token } from '../frame/theme.ts';
import { levelOf } from './clusters.ts';
import { VillageMarks } from './marks.ts';
import type { Fill, Measure } from './measures.ts';
import { linesOf, paint } from './paint.ts';
import { linesPattern } from './patterns.ts';
import { clustersOf, placeVillages } from './placed.ts';
import type { Scene } from './scene.ts';
import { fitTo } from './view.ts';

/** What stands around a picture that leaves the screen: it must explain itself wherever it is pasted. */
export type Caption = { readonly title: string; readonly lines: readonly string[]; readonly source: string };
export type MapPicture = {
  readonly caption: Caption;
  readonly scene: Scene;
  readonly coast: Path2D | null;
  readonly villages: readonly MapVillage[];
  readonly fillOf: (code: RegionCode) => Fill;
  readonly measure: Measure;
  /** CSS pixels of the whole picture. */
  readonly width: number;
  readonly height: number;
  /** Device pixels of one CSS pixel. */
  readonly ratio: number;
  readonly isPaper: boolean;
};

const EDGE = 24;
const LEGEND_LINE = 20;
const MARGIN = { top: 16, right: 16, bottom: 16, left: 16 } as const;

/** Title and lines at the top left; returns where they end. */
export function writeCaption(pen: CanvasRenderingContext2D, { title, lines }: Caption, font: string): number {
  pen.textAlign = 'left';
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = token('text');
  pen.font = `600 20px ${font}`;
  pen.fillText(title, EDGE, EDGE + 18);
  pen.font = `400 13px ${font}`;
  pen.fillStyle = token('text-2');
  for (const [n, line] of lines.entries()) pen.fillText(line, EDGE, EDGE + 40 + n * 18);
  return EDGE + 40 + lines.length * 18;
}

function paintLegend(
  pen: CanvasRenderingContext2D,
  { measure, isPaper, width }: MapPicture,
  top: number,
  font: string,
): void {
  pen.font = `600 13px ${font}`;
  pen.fillStyle = token('text');
  pen.fillText(measure.title, EDGE, top + 4);
  pen.font = `400 13px ${font}`;
  let x = EDGE;
  let y = top + LEGEND_LINE;
  for (const { fill, text } of measure.steps) {
    const wide = 32 + pen.measureText(text).width + 18;
    if (x + wide > width - EDGE) {
      x = EDGE;
      y += LEGEND_LINE;
    }
    pen.beginPath();
    pen.rect(x, y - 11, 24, 14);
    pen.fillStyle = token(fill.token);
    pen.fill();
    const lines = linesOf(fill, isPaper);
    const pattern = lines === undefined ? null : linesPattern(pen, lines, 1);
    if (pattern !== null) {
      pen.fillStyle = pattern;
      pen.fill();
    }
    pen.lineWidth = 1;
    pen.strokeStyle = token('land-line');
    pen.stroke();
    pen.fillStyle = token('text-2');
    pen.fillText(text, x + 32, y);
    x += wide;
  }
}

/** The whole map with its title, legend and source, drawn at once. */
export function drawMapPicture(canvas: HTMLCanvasElement, picture: MapPicture): void {
  const { scene, width, height, ratio, measure, caption } = picture;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  const font = getComputedStyle(document.body).fontFamily;
  pen.scale(ratio, ratio);
  pen.fillStyle = token('surface');
  pen.fillRect(0, 0, width, height);
  const top = writeCaption(pen, caption, font);
  const legend = LEGEND_LINE * (2 + Math.ceil(measure.steps.length / 5));
  const size = { width: width - 2 * EDGE, height: height - top - legend - 44 };
  const view = fitTo(scene.box, size, MARGIN);
  const sheet = document.createElement('canvas');
  sheet.width = Math.round(size.width * ratio);
  sheet.height = Math.round(size.height * ratio);
  const context = sheet.getContext('2d');
  if (context === null) return;
  paint(
    context,
    {
      scene,
      coast: picture.coast,
      fillOf: picture.fillOf,
      clusters: clustersOf(scene, placeVillages(scene, picture.villages), levelOf(view.k)),
      sites: [],
      selectedRegion: undefined,
      selectedVillage: undefined,
      selectedSite: undefined,
      hoveredRegion: undefined,
      marks: new VillageMarks(ratio, 7),
      font,
      isPaper: picture.isPaper,
    },
    view,
    size,
    ratio,
  );
  pen.drawImage(sheet, EDGE, top, size.width, size.height);
  pen.strokeStyle = token('line-strong');
  pen.lineWidth = 1;
  pen.strokeRect(EDGE, top, size.width, size.height);
  pen.textAlign = 'left';
  pen.textBaseline = 'alphabetic';
  paintLegend(pen, picture, top + size.height + 22, font);
  pen.font = `400 12px ${font}`;
  pen.fillStyle = token('text-3');
  pen.fillText(caption.source, EDGE, height - 16);
}
