import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { token, watchTheme } from '../../frame/theme.ts';
import { useTexts } from '../../i18n/texts.tsx';
import type { Column } from './charts.ts';
import 'uplot/dist/uPlot.min.css';

export type Line = {
  readonly label: string;
  /** Colour token. */
  readonly ink: string;
  readonly values: Column;
  /** Fills down to zero. */
  readonly isFilled?: boolean;
  /** Drawn as bars on the right-hand scale of 0 to 100 %. */
  readonly isShare?: boolean;
};
export type Band = { readonly from: number; readonly to: number };

type Props = {
  readonly title: string;
  readonly unit: string;
  readonly times: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly lines: readonly Line[];
  /** Outages, pale behind the lines. */
  readonly bands: readonly Band[];
  readonly limit?: { readonly value: number; readonly text: string } | undefined;
  readonly range?: readonly [number, number];
  /** Axis figures without unit; the readout names it. */
  readonly show: (value: number) => string;
  /** Values below zero mean what they say; else both sides of zero show what goes in and out. */
  readonly isSigned?: boolean;
  readonly isLast: boolean;
};

/** One key for all charts of the page: the cross-hair stands at one moment in each of them. */
export const SYNC = 'device';
export const AXIS_PX = 56;
const HEIGHT_PX = 132;
const TIME_AXIS_PX = 26;
const EDGE_PX = 14;
const SECOND_MS = 1000;

const paintBands = (bands: readonly Band[], limit: Props['limit']) => (plot: uPlot) => {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = token('band');
  for (const { from, to } of bands) {
    const left = plot.valToPos(from / SECOND_MS, 'x', true);
    const right = plot.valToPos(to / SECOND_MS, 'x', true);
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

function optionsOf(
  props: Props,
  width: number,
  timeText: (at: number) => string,
  onCursor: (index: number | null) => void,
): uPlot.Options {
  const { lines, from, to, bands, limit, range, show, isSigned = false, isLast } = props;
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const axis = {
    stroke: token('text-3'),
    font,
    grid: { stroke: token('chart-grid'), width: 1 },
    ticks: { show: false },
  };
  const reach = (low: number, high: number): [number, number] => {
    if (range !== undefined) return [...range];
    if (isSigned && low < 0) {
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
  };
  return {
    width,
    height: HEIGHT_PX + (isLast ? TIME_AXIS_PX - 8 : 0),
    padding: [8, EDGE_PX, isLast ? 0 : 8, 0],
    cursor: {
      sync: { key: SYNC },
      points: { size: 6 },
      drag: { x: false, y: false },
      x: true,
      y: false,
    },
    legend: { show: false },
    scales: {
      x: { time: true, min: from / SECOND_MS, max: to / SECOND_MS, range: () => [from / SECOND_MS, to / SECOND_MS] },
      y: { range: (_, low, high) => reach(low ?? 0, high ?? 0) },
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
    series: [
      {},
      ...lines.map(({ ink, isFilled, isShare }) => ({
        stroke: token(ink),
        width: 1.5,
        points: { show: false },
        spanGaps: false,
        ...(isShare === true
          ? {
              scale: 'share',
              fill: token(ink),
              width: 0,
              paths: uPlot.paths.bars?.({ size: [1, 4, 1] }) as uPlot.Series.PathBuilder,
            }
          : {}),
        ...(isFilled === true ? { fill: `${token(ink)}26` } : {}),
      })),
    ],
    hooks: {
      drawClear: [paintBands(bands, limit)],
      setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)],
    },
  };
}

/** One chart of the stack: title and figures above, time below only on the last. */
export function Chart(props: Props) {
  const { f } = useTexts();
  const { title, unit, times, lines, limit, show, isSigned = false, from, to } = props;
  const box = useRef<HTMLDivElement>(null);
  const [index, setIndex] = useState<number | null>(null);
  const [paintKey, setPaintKey] = useState(0);
  const spanMs = to - from;
  useEffect(() => watchTheme(() => setPaintKey((key) => key + 1)), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read anew when the theme turns
  useEffect(() => {
    const node = box.current;
    if (node === null) return;
    const timeText = (at: number) => {
      const isMidnight = f.clock(at).replace(/\D/g, '') === '0000';
      return spanMs > 86_400_000 || isMidnight ? f.day(at) : f.clock(at);
    };
    const data = [times.map((at) => at / SECOND_MS), ...lines.map(({ values }) => [...values])] as uPlot.AlignedData;
    const plot = new uPlot(optionsOf(props, node.clientWidth, timeText, setIndex), data, node);
    const observer = new ResizeObserver(() => plot.setSize({ width: node.clientWidth, height: plot.height }));
    observer.observe(node);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [props.times, props.lines, props.bands, from, to, f, paintKey, limit?.value, props.isLast]);

  const shown = (values: Column): string => {
    const value = index === null ? values.findLast((one) => one !== null) : values[index];
    return value === null || value === undefined ? '–' : show(isSigned ? value : Math.abs(value));
  };
  return (
    <figure className="chart">
      <figcaption>
        <strong>{title}</strong>
        {lines.map((line) => (
          <span key={line.label} className="chart-key">
            <span className={`chart-ink ink-${line.ink}`} />
            {line.label} <b>{shown(line.values)}</b> <span className="unit">{line.isShare === true ? '%' : unit}</span>
          </span>
        ))}
        {limit !== undefined && (
          <span className="chart-key muted">
            <span className="chart-ink ink-limit" />
            {limit.text}
          </span>
        )}
        {index !== null && times[index] !== undefined && (
          <span className="chart-at muted">{f.moment(times[index], to)}</span>
        )}
      </figcaption>
      <div ref={box} className="chart-box" />
    </figure>
  );
}
