import { useState } from 'react';
import { Segments } from '../../components/Filters.tsx';
import { TargetPicker } from '../../components/targets/TargetPicker.tsx';
import { RANGE_IDS } from '../../span.ts';
import { useDeviceTexts } from './texts.ts';
import { COMPARED, type SpanControl } from './use-span.ts';

const CLOSER = 0.5;
const FARTHER = 2;
const STEP = 0.5;

/** What the charts show: how long, looked into how far, and beside what. */
export function SpanBar({ control, otherName }: { readonly control: SpanControl; readonly otherName: string | null }) {
  const { d, t, f } = useDeviceTexts();
  const { span, range, compare, withId, zoom, pan, reset, compareTo, compareWith } = control;
  const [isPicking, setPicking] = useState(false);
  const isZoomed = span.kind === 'fixed';
  return (
    <div className="span-bar">
      <Segments
        label={t.time.rangeLabel}
        value={isZoomed ? '' : range}
        options={RANGE_IDS.map((value) => ({ value, text: t.time.range[value] }))}
        onChange={(value) => reset(RANGE_IDS.find((id) => id === value) ?? '24h')}
      />
      <fieldset className="span-steps" aria-label={d.chartsTitle}>
        {(
          [
            ['←', d.earlier, () => pan(-STEP)],
            ['+', d.zoomIn, () => zoom(CLOSER)],
            ['−', d.zoomOut, () => zoom(FARTHER)],
            ['→', d.later, () => pan(STEP)],
          ] as const
        ).map(([sign, label, run]) => (
          <button key={label} type="button" className="button quiet" aria-label={label} data-tip={label} onClick={run}>
            {sign}
          </button>
        ))}
      </fieldset>
      {isZoomed && (
        <p className="span-zoomed">
          <span className="secondary">
            {f.moment(span.from, span.to)} – {f.moment(span.to, span.from)}
          </span>
          <button type="button" className="button" onClick={() => reset()}>
            {d.back(t.time.range[range])}
          </button>
        </p>
      )}
      <div className="span-compare">
        <label>
          <span className="secondary">{d.compare}</span>{' '}
          <select
            className="field"
            value={compare ?? ''}
            onChange={({ target }) => compareTo(COMPARED.find((id) => id === target.value))}
          >
            <option value="">{d.compareTo.none}</option>
            {COMPARED.map((id) => (
              <option key={id} value={id}>
                {d.compareTo[id]}
              </option>
            ))}
          </select>
        </label>
        {withId === undefined ? (
          <button
            type="button"
            className="button quiet"
            aria-expanded={isPicking}
            onClick={() => setPicking(!isPicking)}
          >
            {d.compareWith}
          </button>
        ) : (
          <button
            type="button"
            className="button quiet"
            data-tip={d.compareNone}
            onClick={() => compareWith(undefined)}
          >
            {otherName ?? '…'} <span aria-hidden="true">×</span>
            <span className="hidden-visually">{d.compareNone}</span>
          </button>
        )}
      </div>
      {isPicking && withId === undefined && (
        <div className="span-pick">
          <TargetPicker
            label={d.compareWith}
            kinds={['device']}
            isSingle
            chosen={[]}
            onChange={([chosen]) => {
              setPicking(false);
              compareWith(chosen?.id);
            }}
          />
        </div>
      )}
    </div>
  );
}
