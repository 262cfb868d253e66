import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { serverNow } from '../../api/endpoint.ts';
import { watchTheme } from '../../frame/theme.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { ChartMenu, ChartTable } from './ChartMenu.tsx';
import { type ChartProps, type Line, moveAll, optionsOf } from './chart-options.ts';
import { clamped, type Stretch } from './chart-span.ts';
import type { Column } from './charts.ts';
import { followTouch } from './touch-zoom.ts';
import 'uplot/dist/uPlot.min.css';

export type { Line };

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
/** Of the stretch: as if fingers had not moved, so that charts of the last hours stay at the last hours. */
const HAIR = 0.01;

/** One chart of the stack: title and figures above, time below only on the last. */
export function Chart(props: ChartProps) {
  const { f } = useTexts();
  const { title, unit, times, lines, limit, show, isSigned = false, from, to, onZoom } = props;
  const box = useRef<HTMLDivElement>(null);
  const zoom = useRef(onZoom);
  const [index, setIndex] = useState<number | null>(null);
  const [isTable, setTable] = useState(false);
  const [paintKey, setPaintKey] = useState(0);
  const spanMs = to - from;
  useEffect(() => watchTheme(() => setPaintKey((key) => key + 1)), []);
  useEffect(() => {
    zoom.current = onZoom;
  }, [onZoom]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read anew when the theme turns
  useEffect(() => {
    const node = box.current;
    if (node === null) return;
    const timeText = (at: number) => {
      const isMidnight = f.clock(at).replace(/\D/g, '') === '0000';
      if (spanMs > 24 * HOUR_MS && spanMs <= 72 * HOUR_MS && !isMidnight) return f.clock(at);
      return spanMs > 24 * HOUR_MS || isMidnight ? f.day(at) : f.clock(at);
    };
    const data = [times.map((at) => at / SECOND_MS), ...lines.map(({ values }) => [...values])] as uPlot.AlignedData;
    const { onZoom: _, ...rest } = props;
    const drawn = onZoom === undefined ? rest : { ...rest, onZoom: (stretch: Stretch) => zoom.current?.(stretch) };
    const plot = new uPlot(optionsOf(drawn, node.clientWidth, timeText, setIndex), data, node);
    const observer = new ResizeObserver(() => plot.setSize({ width: node.clientWidth, height: plot.height }));
    observer.observe(node);
    const leaveTouch =
      onZoom === undefined
        ? () => {}
        : followTouch(plot.over, {
            stretch: () => ({ from, to }),
            plot: () => ({ left: 0, width: plot.over.clientWidth }),
            onMove: moveAll,
            onEnd(stretch) {
              const next = clamped(stretch, serverNow());
              const isSame = Math.abs(next.from - from) + Math.abs(next.to - to) < HAIR * spanMs;
              if (isSame) moveAll(null);
              else zoom.current?.(next);
            },
          });
    return () => {
      leaveTouch();
      observer.disconnect();
      plot.destroy();
    };
  }, [props.times, props.lines, props.bands, from, to, f, paintKey, limit?.value, props.isLast, onZoom === undefined]);

  const shown = (values: Column): string => {
    const value = index === null ? values.findLast((one) => one !== null) : values[index];
    return value === null || value === undefined ? '–' : show(isSigned ? value : Math.abs(value));
  };
  return (
    <figure className="chart">
      <figcaption>
        <strong>{title}</strong>
        {lines.map((line) => (
          <span
            key={`${line.label} ${line.isGhost === true}`}
            className={line.isGhost === true ? 'chart-key chart-ghost' : 'chart-key'}
          >
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
        <span className="chart-end">
          {index !== null && times[index] !== undefined && (
            <span className="chart-at muted">{f.moment(times[index], to)}</span>
          )}
          {onZoom !== undefined && (
            <ChartMenu
              chart={props}
              canvasOf={() => box.current?.querySelector('canvas') ?? null}
              isTable={isTable}
              onTable={() => setTable(!isTable)}
            />
          )}
        </span>
      </figcaption>
      <div ref={box} className="chart-box" aria-hidden="true" />
      {isTable && <ChartTable chart={props} />}
    </figure>
  );
}
