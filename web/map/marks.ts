import type { State, VillageState } from '../../core/domain/state.ts';
import { token } from '../frame/theme.ts';

type Shown = State | VillageState;
type Ink = { readonly fill: string; readonly line: string };

const SHAPES = {
  up: 'up',
  normal: 'up',
  degraded: 'degraded',
  partial: 'degraded',
  down: 'down',
  unknown: 'unknown',
} as const;

export function inkOf(state: Shown): Ink {
  switch (SHAPES[state]) {
    case 'up':
      return { fill: token('up'), line: token('up') };
    case 'degraded':
      return { fill: token('degraded'), line: token('degraded-line') };
    case 'down':
      return { fill: token('down'), line: token('down-line') };
    case 'unknown':
      return { fill: token('halo'), line: token('unknown') };
  }
}

/** The outline of a state's shape around the origin. */
export function traceShape(context: CanvasRenderingContext2D, state: Shown, radius: number): void {
  context.beginPath();
  switch (SHAPES[state]) {
    case 'up':
    case 'unknown':
      context.arc(0, 0, radius, 0, 2 * Math.PI);
      break;
    case 'degraded':
      context.moveTo(0, -radius * 1.15);
      context.lineTo(radius * 1.2, radius * 0.95);
      context.lineTo(-radius * 1.2, radius * 0.95);
      break;
    case 'down':
      context.rect(-radius * 0.95, -radius * 0.95, radius * 1.9, radius * 1.9);
      break;
  }
  context.closePath();
}

export function paintShape(context: CanvasRenderingContext2D, state: Shown, radius: number): void {
  const { fill, line } = inkOf(state);
  traceShape(context, state, radius);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = line;
  context.lineWidth = SHAPES[state] === 'unknown' ? 2 : 1;
  context.setLineDash(SHAPES[state] === 'unknown' ? [2.5, 2] : []);
  context.stroke();
  context.setLineDash([]);
}

const HALF_GAP_PX = 1;

function paintHalf(
  context: CanvasRenderingContext2D,
  state: State | null,
  side: -1 | 1,
  radius: number,
  halo: boolean,
): void {
  const reach = radius * 2.2;
  context.save();
  context.beginPath();
  context.rect(side < 0 ? -reach : HALF_GAP_PX, -reach, reach - HALF_GAP_PX + (halo ? HALF_GAP_PX : 0), 2 * reach);
  if (!halo) context.clip();
  if (halo) {
    traceShape(context, state ?? 'up', radius);
    context.strokeStyle = token('halo');
    context.lineWidth = 4;
    context.lineJoin = 'round';
    context.stroke();
    context.fillStyle = token('halo');
    context.fill();
  } else if (state === null) {
    traceShape(context, 'up', radius - 0.5);
    context.strokeStyle = token('none');
    context.stroke();
  } else {
    paintShape(context, state, radius);
  }
  context.restore();
}

/** Pictures of villages, drawn once for each pair of states and pixel density. */
export class VillageMarks {
  private readonly drawn = new Map<string, HTMLCanvasElement>();
  private readonly ratio: number;
  readonly size: number;
  private readonly radius: number;

  constructor(ratio: number, radius: number) {
    this.ratio = ratio;
    this.radius = radius;
    this.size = Math.ceil(radius * 2.4 + 8);
  }

  /** Left the office, right the public place. */
  of(office: State | null, publicPlace: State | null): HTMLCanvasElement {
    const key = `${office} ${publicPlace}`;
    const known = this.drawn.get(key);
    if (known !== undefined) return known;
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(this.size * this.ratio);
    canvas.height = canvas.width;
    const context = canvas.getContext('2d');
    if (context !== null) {
      context.scale(this.ratio, this.ratio);
      context.translate(this.size / 2, this.size / 2);
      paintHalf(context, office, -1, this.radius, true);
      paintHalf(context, publicPlace, 1, this.radius, true);
      paintHalf(context, office, -1, this.radius, false);
      paintHalf(context, publicPlace, 1, this.radius, false);
    }
    this.drawn.set(key, canvas);
    return canvas;
  }
}
