import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useMemo } from 'react';
import type { DeviceDetail } from '../../../core/contract/devices.ts';
import { DAY } from '../../../core/domain/clock.ts';
import { isTarget, timesOf } from '../../../core/domain/maintenance.ts';
import {
  comparedSeriesQuery,
  spanIncidentsQuery,
  spanMaintenanceQuery,
  spanSeriesQuery,
  spanStatesQuery,
} from '../../api/device.ts';
import { catalogueQuery, deviceQuery, interfacesQuery, readingsQuery } from '../../api/queries.ts';
import { Answer, Empty, Skeleton } from '../../components/Screen.tsx';
import { Chart } from './Chart.tsx';
import type { Band } from './chart-options.ts';
import { CHARTED, type Series } from './charts.ts';
import { EventLane, type PlannedTime } from './EventLane.tsx';
import { ownMetrics } from './kind-panels.ts';
import { type Compared, panelsOf, withCompared } from './panels.ts';
import { ReachStrip, type Span } from './ReachStrip.tsx';
import { SpanBar } from './SpanBar.tsx';
import { useDeviceTexts } from './texts.ts';
import { type SpanControl, useSpan } from './use-span.ts';

const SHIFT_MS = { day: DAY, week: 7 * DAY } as const;
const NO_READINGS = [] as const;
const NONE: readonly Span[] = [];

type Shown = {
  readonly device: DeviceDetail;
  readonly control: SpanControl;
  readonly series: Series;
  readonly metrics: readonly string[];
  /** Metrics that its kind shows besides. */
  readonly own: readonly string[];
  readonly bands: readonly Band[];
};

/** The same metrics of another time or device, where they are asked for. */
function useCompared({ device, control, metrics, own }: Omit<Shown, 'series' | 'bands'>): readonly Compared[] {
  const { t, f, d } = useDeviceTexts();
  const { span, compare, withId } = control;
  const shiftMs = compare === undefined ? 0 : SHIFT_MS[compare];
  const before = useQuery({
    ...comparedSeriesQuery({ deviceId: device.id, metrics, span, shiftMs }),
    enabled: compare !== undefined && metrics.length > 0,
  }).data;
  const other = useQuery({
    ...comparedSeriesQuery({ deviceId: withId ?? '', metrics, span }),
    enabled: withId !== undefined && metrics.length > 0,
  }).data;
  const otherName = useQuery({ ...deviceQuery(withId ?? ''), enabled: withId !== undefined }).data?.name;
  return useMemo(() => {
    const known = { t, d, f, contractMbps: null, interfaces: undefined, readings: NO_READINGS, own };
    const list: Compared[] = [];
    if (compare !== undefined && before !== undefined)
      list.push({ panels: panelsOf(before, known), times: before.times, shiftMs, name: d.compareTo[compare] });
    if (withId !== undefined && other !== undefined)
      list.push({ panels: panelsOf(other, known), times: other.times, shiftMs: 0, name: otherName ?? '' });
    return list;
  }, [before, other, otherName, compare, withId, shiftMs, own, t, f, d]);
}

function Stack({ device, control, series, metrics, own, bands }: Shown) {
  const { t, d, f } = useDeviceTexts();
  const interfaces = useQuery(interfacesQuery(device.id)).data?.items;
  const readings = useQuery(readingsQuery(device.id)).data?.items ?? NO_READINGS;
  const compared = useCompared({ device, control, metrics, own });
  const panels = useMemo(
    () =>
      withCompared(
        panelsOf(series, { t, d, f, contractMbps: device.contractMbps, interfaces, readings, own }),
        series.times,
        compared,
      ),
    [series, device.contractMbps, interfaces, own, readings, compared, t, d, f],
  );
  if (panels.length === 0) return <Empty title={d.noSamples}>{d.noSamplesHint}</Empty>;
  return panels.map(({ id, ...panel }, index) => (
    <Chart
      key={id}
      {...panel}
      times={series.times}
      from={series.from}
      to={series.to}
      bands={bands}
      isLast={index === panels.length - 1}
      onZoom={control.show}
    />
  ));
}

/** Announced work on the device within the charts' span. */
function usePlanned(device: DeviceDetail, control: SpanControl, from: number, to: number): readonly PlannedTime[] {
  const windows = useQuery(spanMaintenanceQuery(control.span)).data?.items;
  return useMemo(
    () =>
      (windows ?? [])
        .filter((window) =>
          isTarget(window, { deviceId: device.id, siteId: device.siteId, regionCode: device.regionCode }),
        )
        .flatMap((window) =>
          timesOf(window, { from, to })
            .slice(0, 50)
            .map((time) => ({ ...time, id: window.id, title: window.title })),
        ),
    [windows, device.id, device.siteId, device.regionCode, from, to],
  );
}

/** Everything over one time axis, the state on top. */
export function DeviceCharts({ device }: { readonly device: DeviceDetail }) {
  const { d } = useDeviceTexts();
  const control = useSpan();
  const { span } = control;
  const kinds = useQuery(catalogueQuery).data?.deviceKinds;
  const { own, metrics } = useMemo(() => {
    const known = new Set(device.metrics.map(({ metric }) => metric));
    const own = ownMetrics(kinds?.find(({ id }) => id === device.kind)?.metrics ?? [], known);
    return { own, metrics: [...CHARTED.filter((metric) => known.size === 0 || known.has(metric)), ...own] };
  }, [device.metrics, device.kind, kinds]);
  const states = useQuery(spanStatesQuery(device.id, span)).data;
  const incidents = useQuery(spanIncidentsQuery(device.id, span)).data?.items ?? NO_READINGS;
  const series = useQuery(spanSeriesQuery({ deviceId: device.id, metrics, span }));
  const otherName = useQuery({ ...deviceQuery(control.withId ?? ''), enabled: control.withId !== undefined }).data
    ?.name;
  const spans = states?.spans ?? NONE;
  const from = states?.from ?? series.data?.from ?? 0;
  const to = states?.to ?? series.data?.to ?? 1;
  const planned = usePlanned(device, control, from, to);
  const bands = useMemo<readonly Band[]>(
    () => [
      ...spans.filter(({ state }) => state === 'down'),
      ...planned.map((time) => ({ from: time.from, to: time.to, kind: 'planned' as const })),
    ],
    [spans, planned],
  );
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const run = (
      {
        '+': () => control.zoom(0.5),
        '=': () => control.zoom(0.5),
        '-': () => control.zoom(2),
        ArrowLeft: () => control.pan(-0.25),
        ArrowRight: () => control.pan(0.25),
        '0': () => control.reset(),
        Escape: () => control.reset(),
      } as Readonly<Record<string, () => void>>
    )[event.key];
    if (run === undefined) return;
    event.preventDefault();
    run();
  };
  return (
    <>
      <SpanBar control={control} otherName={otherName ?? null} />
      <section
        className="charts"
        aria-label={d.chartsTitle}
        aria-describedby="charts-hint"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the charts answer to keys as one thing
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {states !== undefined && spans.length > 0 && <ReachStrip spans={spans} from={from} to={to} />}
        <EventLane incidents={incidents} planned={planned} from={from} to={to} />
        {metrics.length === 0 ? (
          <Empty title={d.noSamples}>{d.noSamplesHint}</Empty>
        ) : (
          <Answer query={series} what={d.charts.traffic} waiting={<Skeleton height={480} />}>
            {(data) => (
              <Stack device={device} control={control} series={data} metrics={metrics} own={own} bands={bands} />
            )}
          </Answer>
        )}
      </section>
      <p id="charts-hint" className="charts-hint small muted">
        {d.chartsHint}
      </p>
    </>
  );
}
