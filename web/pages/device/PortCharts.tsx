import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Interface } from '../../../core/contract/devices.ts';
import { spanSeriesQuery } from '../../api/device.ts';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { Chart } from './Chart.tsx';
import type { Line } from './chart-options.ts';
import { columnOf, IN, OUT, type Series, trafficOf } from './charts.ts';
import { useDeviceTexts } from './texts.ts';
import type { SpanControl } from './use-span.ts';

const FAULTS = [
  ['interface.ifInErrors', 'errors', 'in', 'down'],
  ['interface.ifOutErrors', 'errors', 'out', 'chart-3'],
  ['interface.ifInDiscards', 'discards', 'in', 'chart-1'],
  ['interface.ifOutDiscards', 'discards', 'out', 'chart-2'],
] as const;
const METRICS = [IN, OUT, ...FAULTS.map(([metric]) => metric)];
const BITS_PER_MEGABIT = 1e6;
const NO_BANDS = [] as const;

function Drawn({
  port,
  series,
  control,
}: {
  readonly port: Interface;
  readonly series: Series;
  readonly control: SpanControl;
}) {
  const { d, f } = useDeviceTexts();
  const { charts, interface: words } = d;
  const index = String(port.index);
  const traffic = useMemo(() => trafficOf(series, index), [series, index]);
  const trafficLines = useMemo<readonly Line[]>(
    () =>
      traffic === null
        ? []
        : [
            { label: charts.in, ink: 'chart-1', values: traffic.inward, isFilled: true },
            { label: charts.out, ink: 'chart-2', values: traffic.outward, isFilled: true },
          ],
    [traffic, charts],
  );
  const faultLines = useMemo(
    () =>
      FAULTS.flatMap(([metric, kind, side, ink]): readonly Line[] => {
        const values = columnOf(series, metric, new Set([index]));
        return values === null ? [] : [{ label: `${words[kind]} ${charts[side]}`, ink, values }];
      }),
    [series, index, words, charts],
  );
  if (trafficLines.length + faultLines.length === 0) return <p className="secondary">{d.noRates}</p>;
  const figure = (value: number) => f.number(value, Math.abs(value) < 10 ? 1 : 0);
  const shared = { times: series.times, from: series.from, to: series.to, bands: NO_BANDS, onZoom: control.show };
  return (
    <>
      {trafficLines.length > 0 && (
        <Chart
          {...shared}
          title={`${port.name}: ${d.traffic}`}
          unit="Mbit/s"
          lines={trafficLines}
          show={(bps) => figure(bps / BITS_PER_MEGABIT)}
          isLast={faultLines.length === 0}
        />
      )}
      {faultLines.length > 0 && (
        <Chart
          {...shared}
          title={`${port.name}: ${d.errors}`}
          unit={d.perSecond}
          lines={faultLines}
          show={(value) => f.number(value, 2)}
          isLast
        />
      )}
    </>
  );
}

/** What one port carried and lost over the span of the page. */
export function PortCharts({
  deviceId,
  port,
  control,
}: {
  readonly deviceId: string;
  readonly port: Interface;
  readonly control: SpanControl;
}) {
  const instances = useMemo(() => [String(port.index)], [port.index]);
  const query = useQuery(spanSeriesQuery({ deviceId, metrics: METRICS, span: control.span, instances }));
  return (
    <div className="charts port-charts">
      <Answer query={query} what={port.name} waiting={<Skeleton height={280} />}>
        {(series) => <Drawn port={port} series={series} control={control} />}
      </Answer>
    </div>
  );
}
