import uPlot from 'uplot';
import { token } from '../../frame/theme.ts';
import type { Column } from './charts.ts';

export type Line = {
  readonly label: string;
  /** Colour token. */
  readonly ink: string;
  readonly values: Column;
  /** Fills down to zero. */
  readonly isFilled?: boolean;
  /** Drawn as bars on the right-hand scale of 0 to 100 %. */
  readonly isShare?: boolean;
  /** Of another time or device: pale, beside the line that it is compared with. */
  readonly isGhost?: boolean;
};
/** An outage where no kind is said; `planned` is maintenance. */
export type Band = { readonly from: number; readonly to: number; readonly kind?: 'down' | 'planned' };

export type ChartProps = {
  readonly title: string;
  readonly unit: string;
  readonly times: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly lines: readonly Line[];
  /** Outages and maintenance, pale behind the lines. */
  readonly bands: readonly Band[];
  readonly limit?: { readonly value: number; readonly text: string } | undefined;
  readonly range?: readonly [number, number];
  /** Axis figures without unit; the readout names it. */
  readonly show: (value: number) => string;
  /** Values below zero mean what they say; else both sides of zero show what goes in and out. */
  readonly isSigned?: boolean;
  readonly isLast: boolean;
  /** A stretch was dragged over, UTC ms. Without it a chart cannot be zoomed, read as a table or taken away. */
  readonly onZoom?: (stretch: { readonly from: number; readonly to: number }) => void;
};

/** One key for all charts of the page: the cross-hair stands at one moment in each of them. */
const SYNC = 'device';
const AXIS_PX = 56;
const EDGE_PX = 14;
const HEIGHT_PX = 132;
const TIME_AXIS_PX = 26;
/** A shorter drag is a click whose hand shook. */
const LEAST_DRAG_PX = 8;
const SECOND_MS = 1000;

/** Plots that fingers hold: their time is where these are, until it is asked for. */
const moving = new WeakSet<uPlot>();

/** Shows another stretch in every chart of the page, without asking for it; null = what it was. */
export function moveAll(stretch: { readonly from: number; readonly to: number } | null): void {
  for (const plot of uPlot.sync(SYNC).plots) {
    if (stretch === null) moving.delete(plot);
    else moving.add(plot);
    // Of null the range makes what the chart was drawn for.
    plot.setScale('x', { min: (stretch?.from ?? 0) / SECOND_MS, max: (stretch?.to ?? SECOND_MS) / SECOND_MS });
  }
}

const paintBands = (bands: readonly Band[], limit: ChartProps['limit']) => (plot: uPlot) => {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const { from, to, kind } of bands) {
    const left = plot.valToPos(from / SECOND_MS, 'x', true);
    const right = plot.valToPos(to / SECOND_MS, 'x', true);
    ctx.fillStyle = kind === 'planned' ? `${token('planned')}26` : token('band');
    ctx.fillRect(left, bbox.top, Math.max(2, right - left), bbox.height);
  }
  if (limit !== undefined) {
    ctx.strokeStyle = token('chart-limit');
    ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.lineWidth = devicePixelRatio;
    for (const value of [limit.value, -limit.value]) {
      const y = plot.valToPos(value, 'y', true);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
    }
  }
  ctx.restore();
};

function seriesOf({ ink, isFilled, isShare, isGhost }: Line): uPlot.Series {
  const base = { stroke: token(ink), width: 1.5, points: { show: false }, spanGaps: false };
  if (isShare === true) {
    return {
      ...base,
      scale: 'share',
      fill: isGhost === true ? `${token(ink)}40` : token(ink),
      width: 0,
      paths: uPlot.paths.bars?.({ size: [1, 4, 1] }) as uPlot.Series.PathBuilder,
    };
  }
  if (isGhost === true) return { ...base, stroke: `${token(ink)}80`, dash: [4, 3] };
  return isFilled === true ? { ...base, fill: `${token(ink)}26` } : base;
}

function reachOf({ range, isSigned, limit }: ChartProps, low: number, high: number): [number, number] {
  if (range !== undefined) return [...range];
  if (isSigned === true && low < 0) {
    const room = (high - low || 1) * 0.12;
    return [low - room, high <= 0 ? Math.min(0, high + room) : high + room];
  }
  const top = Math.max(
    high,
    low < 0 ? -low : 0,
    limit === undefined || limit.value > 8 * Math.max(high, -low) ? 0 : limit.value,
  );
  const room = top === 0 ? 1 : top * 1.12;
  return low < 0 ? [-room, room] : [0, room];
}

/** How a chart is drawn. */
export function optionsOf(
  props: ChartProps,
  width: number,
  timeText: (at: number) => string,
  onCursor: (index: number | null) => void,
): uPlot.Options {
  const { lines, from, to, bands, limit, show, isSigned = false, isLast, onZoom } = props;
  const axis = {
    stroke: token('text-3'),
    font: `12px ${getComputedStyle(document.body).fontFamily}`,
    grid: { stroke: token('chart-grid'), width: 1 },
    ticks: { show: false },
  };
  const zoom = (plot: uPlot): void => {
    const { left, width: dragged } = plot.select;
    if (dragged < LEAST_DRAG_PX) return;
    const at = (px: number): number => plot.posToVal(px, 'x') * SECOND_MS;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    onZoom?.({ from: at(left), to: at(left + dragged) });
  };
  return {
    width,
    height: HEIGHT_PX + (isLast ? TIME_AXIS_PX - 8 : 0),
    padding: [8, EDGE_PX, isLast ? 0 : 8, 0],
    cursor: {
      sync: { key: SYNC },
      points: { size: 6 },
      drag: { x: onZoom !== undefined, y: false, setScale: false },
      bind: { dblclick: () => null },
      x: true,
      y: false,
    },
    legend: { show: false },
    scales: {
      x: {
        time: true,
        min: from / SECOND_MS,
        max: to / SECOND_MS,
        range: (plot, low, high) => (moving.has(plot) ? [low, high] : [from / SECOND_MS, to / SECOND_MS]),
      },
      y: { range: (_, low, high) => reachOf(props, low ?? 0, high ?? 0) },
      share: { range: [0, 100] },
    },
    axes: [
      {
        ...axis,
        size: isLast ? TIME_AXIS_PX : 0,
        space: 72,
        values: (_, splits) => splits.map((at) => (isLast ? timeText(at * SECOND_MS) : '')),
      },
      {
        ...axis,
        size: AXIS_PX,
        space: 34,
        values: (_, splits) => splits.map((value) => show(isSigned ? value : Math.abs(value))),
      },
    ],
    series: [{}, ...lines.map(seriesOf)],
    hooks: {
      drawClear: [paintBands(bands, limit)],
      setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)],
      setSelect: [zoom],
    },
  };
}
