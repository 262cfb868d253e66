import type { PlanRow } from '../../../core/contract/coverage-plan.ts';
import { token } from '../../frame/theme.ts';
import { shortName } from '../../map/labels.ts';
import { type Caption, writeCaption } from '../../map/picture.ts';

export type TablePicture = {
  readonly caption: Caption;
  readonly heads: readonly string[];
  /** The name first, then a text for each head after it. */
  readonly rows: readonly (readonly string[])[];
  readonly foot: readonly string[];
};

const EDGE = 24;
const NAME_PX = 190;
const CELL_PX = 74;
const ROW_PX = 26;
const HEAD_PX = 52;
const RATIO = 2;
/** A canvas of a browser ends at 16,384 pixels: what is longer belongs into a file. */
const MOST_ROWS = 280;

/** Words broken so that none is wider than a column. */
function broken(pen: CanvasRenderingContext2D, text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && pen.measureText(longer).width <= CELL_PX - 8) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The table with its title, foot and source, twice as fine as the screen. */
export function drawTablePicture(canvas: HTMLCanvasElement, { caption, heads, rows: all, foot }: TablePicture): void {
  const rows = all.slice(0, MOST_ROWS);
  const width = 2 * EDGE + NAME_PX + (heads.length - 1) * CELL_PX;
  const top = EDGE + 40 + caption.lines.length * 18;
  const height = top + HEAD_PX + (rows.length + 1) * ROW_PX + 52;
  canvas.width = width * RATIO;
  canvas.height = height * RATIO;
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  const font = getComputedStyle(document.body).fontFamily;
  pen.scale(RATIO, RATIO);
  pen.fillStyle = token('surface');
  pen.fillRect(0, 0, width, height);
  writeCaption(pen, caption, font);
  const right = (column: number): number => EDGE + NAME_PX + column * CELL_PX;
  const line = (y: number, ink: string) => {
    pen.strokeStyle = token(ink);
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(EDGE, y + 0.5);
    pen.lineTo(width - EDGE, y + 0.5);
    pen.stroke();
  };
  pen.font = `500 11px ${font}`;
  pen.fillStyle = token('text-2');
  for (const [column, head] of heads.entries()) {
    pen.textAlign = column === 0 ? 'left' : 'right';
    const lines = column === 0 ? [head] : broken(pen, head);
    for (const [n, text] of lines.entries())
      pen.fillText(text, column === 0 ? EDGE : right(column) - 4, top + HEAD_PX - 10 - (lines.length - 1 - n) * 13);
  }
  const write = (cells: readonly string[], y: number, weight: number) => {
    pen.font = `${weight} 13px ${font}`;
    pen.fillStyle = token('text');
    for (const [column, text] of cells.entries()) {
      pen.textAlign = column === 0 ? 'left' : 'right';
      pen.fillText(text, column === 0 ? EDGE : right(column) - 4, y + 18);
    }
  };
  for (const [n, row] of rows.entries()) {
    const y = top + HEAD_PX + n * ROW_PX;
    line(y, n === 0 ? 'line-strong' : 'line');
    write(row, y, 400);
  }
  const end = top + HEAD_PX + rows.length * ROW_PX;
  line(end, 'line-strong');
  write(foot, end, 600);
  pen.textAlign = 'left';
  pen.font = `400 12px ${font}`;
  pen.fillStyle = token('text-3');
  pen.fillText(caption.source, EDGE, height - 16);
}

export const pictureName = ({ name }: Pick<PlanRow, 'name'>): string => shortName(name);
