import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DeviceDetail } from '../../../core/contract/devices.ts';
import { catalogueQuery, interfacesQuery, readingsQuery, seriesQuery, statesQuery } from '../../api/queries.ts';
import { Answer, Empty, Skeleton } from '../../components/Screen.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { type RangeId, SPAN_MS } from '../../span.ts';
import { type Band, Chart, type Line } from './Chart.tsx';
import {
  busiest,
  CHARTED,
  CLIENTS,
  CPU,
  columnOf,
  LATENCY,
  LOSS,
  MEMORY,
  meanColumnOf,
  type Series,
  trafficOf,
} from './charts.ts';
import { kindPanels, ownMetrics } from './kind-panels.ts';
import { ReachStrip, type Span } from './ReachStrip.tsx';

const BITS_PER_MEGABIT = 1e6;

type Panel = Pick<Parameters<typeof Chart>[0], 'title' | 'unit' | 'lines' | 'limit' | 'range' | 'show' | 'isSigned'> & {
  readonly id: string;
};

function Stack({
  device,
  series,
  bands,
  own,
}: {
  readonly device: DeviceDetail;
  readonly series: Series;
  /** Metrics that its kind shows besides. */
  readonly own: readonly string[];
  readonly bands: readonly Band[];
}) {
  const { t, f } = useTexts();
  const interfaces = useQuery(interfacesQuery(device.id)).data?.items;
  const readings = useQuery(readingsQuery(device.id)).data?.items ?? NO_READINGS;
  const panels = useMemo(() => {
    const { charts } = t.device;
    const figure = (value: number) => f.number(value, value < 10 ? 1 : 0);
    const list: Panel[] = [];
    const latency = LATENCY.map((metric) => meanColumnOf(series, metric)).find((column) => column !== null);
    const loss = meanColumnOf(series, LOSS);
    if (latency !== undefined || loss !== null) {
      const lines: Line[] = [];
      if (loss?.some((value) => value !== null && value > 0) === true || latency === undefined) {
        lines.push({ label: charts.loss, ink: 'down', values: loss ?? [], isShare: true });
      }
      if (latency !== undefined) lines.push({ label: charts.latency, ink: 'chart-1', values: latency ?? [] });
      list.push({ id: 'latency', title: charts.latency, unit: t.unit.ms, lines, show: figure });
    }
    const instance = busiest(series);
    const traffic = trafficOf(series, instance);
    if (traffic !== null) {
      const name = interfaces?.find(({ index }) => String(index) === instance)?.name;
      const contract = device.contractMbps;
      list.push({
        id: 'traffic',
        title: name === undefined ? charts.traffic : `${charts.traffic} ${name}`,
        unit: 'Mbit/s',
        lines: [
          { label: charts.in, ink: 'chart-1', values: traffic.inward, isFilled: true },
          { label: charts.out, ink: 'chart-2', values: traffic.outward, isFilled: true },
        ],
        show: (bps) => figure(bps / BITS_PER_MEGABIT),
        ...(contract === null
          ? {}
          : { limit: { value: contract * BITS_PER_MEGABIT, text: charts.limit(f.number(contract, 1)) } }),
      });
    }
    const clients = columnOf(series, CLIENTS);
    if (clients !== null) {
      list.push({
        id: 'clients',
        title: charts.clients,
        unit: t.unit.people,
        lines: [{ label: charts.clients, ink: 'chart-3', values: clients, isFilled: true }],
        show: (count) => f.number(count, 0),
      });
    }
    const cpu = meanColumnOf(series, CPU);
    const memory = meanColumnOf(series, MEMORY);
    const load: Line[] = [];
    if (cpu !== null) load.push({ label: charts.processor, ink: 'chart-1', values: cpu });
    if (memory !== null) load.push({ label: charts.memory, ink: 'chart-2', values: memory });
    if (load.length > 0) {
      list.push({
        id: 'load',
        title: charts.load,
        unit: t.unit.percent,
        lines: load,
        range: [0, 100],
        show: (share) => f.number(share, 0),
      });
    }
    const names: Readonly<Record<string, string>> = t.metric;
    for (const { metric, unit, lines } of kindPanels(series, own, readings, (id) => names[id] ?? id)) {
      const show = (value: number) => f.number(value, Math.abs(value) < 10 ? 1 : 0);
      list.push({ id: metric, title: names[metric] ?? metric, unit, lines, show, isSigned: true });
    }
    return list;
  }, [series, device.contractMbps, interfaces, own, readings, t, f]);
  if (panels.length === 0) return <Empty title={t.device.noSamples}>{t.device.noSamplesHint}</Empty>;
  return panels.map(({ id, ...panel }, index) => (
    <Chart
      key={id}
      {...panel}
      times={series.times}
      from={series.from}
      to={series.to}
      bands={bands}
      isLast={index === panels.length - 1}
    />
  ));
}

const NONE: readonly Span[] = [];
const NO_READINGS = [] as const;

/** Everything over one time axis, the state on top. */
export function DeviceCharts({ device, range }: { readonly device: DeviceDetail; readonly range: RangeId }) {
  const { t } = useTexts();
  const spanMs = SPAN_MS[range];
  const kinds = useQuery(catalogueQuery).data?.deviceKinds;
  const { own, metrics } = useMemo(() => {
    const known = new Set(device.metrics.map(({ metric }) => metric));
    const own = ownMetrics(kinds?.find(({ id }) => id === device.kind)?.metrics ?? [], known);
    return { own, metrics: [...CHARTED.filter((metric) => known.size === 0 || known.has(metric)), ...own] };
  }, [device.metrics, device.kind, kinds]);
  const states = useQuery(statesQuery(device.id, spanMs)).data;
  const series = useQuery(seriesQuery(device.id, metrics, spanMs));
  const spans = states?.spans ?? NONE;
  const bands = useMemo(() => spans.filter(({ state }) => state === 'down'), [spans]);
  return (
    <section className="charts" aria-label={t.device.charts.reachability}>
      {states !== undefined && spans.length > 0 && <ReachStrip spans={spans} from={states.from} to={states.to} />}
      {metrics.length === 0 ? (
        <Empty title={t.device.noSamples}>{t.device.noSamplesHint}</Empty>
      ) : (
        <Answer query={series} what={t.device.charts.traffic} waiting={<Skeleton height={480} />}>
          {(data) => <Stack device={device} series={data} bands={bands} own={own} />}
        </Answer>
      )}
    </section>
  );
}
