import { token } from '../frame/theme.ts';

/** Lines over a fill: for what is no figure, and on paper without colour for what is. */
export type Lines = 'hatch' | 'cross' | 'dots' | 'rows' | 'rows-tight' | 'bars';

const TILE = 16;
const INK = {
  hatch: 'unknown',
  cross: 'none',
  dots: 'none',
  rows: 'text-3',
  'rows-tight': 'text-2',
  bars: 'text',
} as const;
const ALPHA = { hatch: 0.5, cross: 0.42, dots: 0.75, rows: 0.6, 'rows-tight': 0.7, bars: 0.7 } as const;

/** On paper, a state is told by its lines: its pale colours are all the same grey. */
export const PAPER_LINES: Readonly<Record<string, Lines>> = {
  'degraded-faint': 'rows',
  'degraded-soft': 'rows-tight',
  'down-soft': 'bars',
};

function trace(pen: CanvasRenderingContext2D, lines: Lines): void {
  switch (lines) {
    case 'hatch':
    case 'cross':
      for (const offset of [-TILE, 0, TILE]) {
        pen.moveTo(offset - 1, TILE + 1);
        pen.lineTo(offset + TILE + 1, -1);
        if (lines === 'hatch') continue;
        pen.moveTo(offset - 1, -1);
        pen.lineTo(offset + TILE + 1, TILE + 1);
      }
      return;
    case 'dots':
      for (const [x, y] of [
        [4, 4],
        [12, 12],
      ] as const)
        pen.roundRect(x - 1.2, y - 1.2, 2.4, 2.4, 1.2);
      return;
    case 'rows':
    case 'rows-tight':
      for (let y = 4; y < TILE; y += lines === 'rows' ? TILE / 2 : TILE / 4) {
        pen.moveTo(0, y);
        pen.lineTo(TILE, y);
      }
      return;
    case 'bars':
      for (let x = 2; x < TILE; x += TILE / 4) {
        pen.moveTo(x, 0);
        pen.lineTo(x, TILE);
      }
  }
}

/** A pattern that keeps its size on the screen whatever the zoom; null where canvases are not to be had. */
export function linesPattern(context: CanvasRenderingContext2D, lines: Lines, k: number): CanvasPattern | null {
  const tile = document.createElement('canvas');
  tile.width = TILE;
  tile.height = TILE;
  const pen = tile.getContext('2d');
  if (pen === null) return null;
  pen.strokeStyle = token(INK[lines]);
  pen.globalAlpha = ALPHA[lines];
  pen.lineWidth = 1.6;
  pen.beginPath();
  trace(pen, lines);
  pen.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(0.5 / k));
  return pattern;
}
