import { useRef } from 'react';
import { token } from '../../frame/theme.ts';
import { csvOf, fileName, save } from './chart-file.ts';
import type { ChartProps } from './chart-options.ts';
import { useDeviceTexts } from './texts.ts';

const MARGIN_PX = 16;
const HEAD_PX = 44;
/** More rows than this nobody reads; the file has them all. */
const MOST_ROWS = 400;

/** The chart with its title, on the colour of the page: a canvas alone has neither. */
function picture(canvas: HTMLCanvasElement, title: string, detail: string): HTMLCanvasElement {
  const ratio = devicePixelRatio;
  const drawn = document.createElement('canvas');
  drawn.width = canvas.width + 2 * MARGIN_PX * ratio;
  drawn.height = canvas.height + (HEAD_PX + MARGIN_PX) * ratio;
  const pen = drawn.getContext('2d');
  if (pen === null) return canvas;
  const family = getComputedStyle(document.body).fontFamily;
  pen.fillStyle = token('surface');
  pen.fillRect(0, 0, drawn.width, drawn.height);
  pen.scale(ratio, ratio);
  pen.fillStyle = token('text');
  pen.font = `600 14px ${family}`;
  pen.fillText(title, MARGIN_PX, 22);
  pen.fillStyle = token('text-2');
  pen.font = `12px ${family}`;
  pen.fillText(detail, MARGIN_PX, 38);
  pen.drawImage(canvas, MARGIN_PX, HEAD_PX, canvas.width / ratio, canvas.height / ratio);
  return drawn;
}

type Props = {
  readonly chart: ChartProps;
  readonly canvasOf: () => HTMLCanvasElement | null;
  readonly isTable: boolean;
  readonly onTable: () => void;
};

/** The same figures as a table, a file or a picture. */
export function ChartMenu({ chart, canvasOf, isTable, onTable }: Props) {
  const { d, f } = useDeviceTexts();
  const menu = useRef<HTMLDetailsElement>(null);
  const { title, unit, lines, from, to } = chart;
  const close = (): void => {
    if (menu.current !== null) menu.current.open = false;
  };
  const savePicture = (): void => {
    const canvas = canvasOf();
    if (canvas === null) return;
    const detail = [
      `${f.moment(from, to)} – ${f.moment(to, from)} ${f.zone.label}`,
      `${lines.map(({ label }) => label).join(', ')}${unit === '' ? '' : ` (${unit})`}`,
    ].join(' · ');
    picture(canvas, title, detail).toBlob((blob) => {
      if (blob !== null) save(blob, fileName(title, 'png'));
    });
  };
  const item = (text: string, run: () => void) => (
    <button
      type="button"
      onClick={() => {
        run();
        close();
      }}
    >
      {text}
    </button>
  );
  return (
    <details
      ref={menu}
      className="chart-menu"
      onBlur={({ relatedTarget, currentTarget }) => {
        if (!currentTarget.contains(relatedTarget)) close();
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') close();
      }}
    >
      <summary aria-label={d.menu(title)}>
        <span aria-hidden="true">⋯</span>
      </summary>
      <div className="chart-menu-list">
        {item(isTable ? d.hideTable : d.table, onTable)}
        {item(d.csv, () => save(new Blob([csvOf(chart)], { type: 'text/csv;charset=utf-8' }), fileName(title, 'csv')))}
        {item(d.png, savePicture)}
      </div>
    </details>
  );
}

/** What the lines say, to be read: newest first, and only what is known. */
export function ChartTable({ chart }: { readonly chart: ChartProps }) {
  const { d, f } = useDeviceTexts();
  const { title, unit, times, lines, show, isSigned = false, to } = chart;
  const rows = times
    .map((at, index) => ({ at, values: lines.map(({ values }) => values[index] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null))
    .toReversed()
    .slice(0, MOST_ROWS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="chart-table" aria-label={title} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{d.time}</th>
            {lines.map((line) => (
              <th key={`${line.label} ${line.isGhost === true}`} scope="col" className="number">
                {line.label} <span className="unit">{line.isShare === true ? '%' : unit}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, values }) => (
            <tr key={at}>
              <th scope="row">{f.moment(at, to)}</th>
              {values.map((value, line) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines keep their order
                <td key={line} className="number">
                  {value === null ? <span className="zero">–</span> : show(isSigned ? value : Math.abs(value))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
