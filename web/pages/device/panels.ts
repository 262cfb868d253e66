import type { DeviceDetail, DeviceReading, Interface } from '../../../core/contract/devices.ts';
import type { Format } from '../../i18n/format.ts';
import type { Dictionary } from '../../i18n/id.ts';
import type { ChartProps, Line } from './chart-options.ts';
import { shifted } from './chart-span.ts';
import {
  busiest,
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
import { kindPanels } from './kind-panels.ts';
import type { DeviceDictionary } from './words/id.ts';

const BITS_PER_MEGABIT = 1e6;

export type Panel = Pick<ChartProps, 'title' | 'unit' | 'lines' | 'limit' | 'range' | 'show' | 'isSigned'> & {
  readonly id: string;
};

type Known = {
  readonly t: Dictionary;
  readonly d: DeviceDictionary;
  readonly f: Format;
  readonly contractMbps: DeviceDetail['contractMbps'];
  readonly interfaces: readonly Pick<Interface, 'index' | 'name'>[] | undefined;
  readonly readings: readonly DeviceReading[];
  /** Metrics that its kind shows besides. */
  readonly own: readonly string[];
};

/** What is drawn of a device, top down. */
export function panelsOf(
  series: Series,
  { t, d, f, contractMbps, interfaces, readings, own }: Known,
): readonly Panel[] {
  const { charts } = d;
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
    list.push({
      id: 'traffic',
      title: name === undefined ? charts.traffic : `${charts.traffic} ${name}`,
      unit: 'Mbit/s',
      lines: [
        { label: charts.in, ink: 'chart-1', values: traffic.inward, isFilled: true },
        { label: charts.out, ink: 'chart-2', values: traffic.outward, isFilled: true },
      ],
      show: (bps) => figure(bps / BITS_PER_MEGABIT),
      ...(contractMbps === null
        ? {}
        : { limit: { value: contractMbps * BITS_PER_MEGABIT, text: charts.limit(f.number(contractMbps, 1)) } }),
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
  const names: Readonly<Record<string, string>> = d.metric;
  for (const { metric, unit, lines } of kindPanels(series, own, readings, (id) => names[id] ?? id)) {
    const show = (value: number) => f.number(value, Math.abs(value) < 10 ? 1 : 0);
    list.push({ id: metric, title: names[metric] ?? metric, unit, lines, show, isSigned: true });
  }
  return list;
}

export type Compared = {
  readonly panels: readonly Panel[];
  readonly times: readonly number[];
  /** How much earlier it was asked for, ms; 0 for another device. */
  readonly shiftMs: number;
  /** What its lines are called besides: *hari sebelumnya*, or the name of a device. */
  readonly name: string;
};

/** Each panel with the lines of another time or device behind its own. A panel that only the other has is left out. */
export function withCompared(
  panels: readonly Panel[],
  times: readonly number[],
  compared: readonly Compared[],
): readonly Panel[] {
  return panels.map((panel) => {
    const ghosts = compared.flatMap(({ panels: others, times: otherTimes, shiftMs, name }) => {
      const other = others.find(({ id }) => id === panel.id);
      return panel.lines.flatMap((line): Line[] => {
        const found = other?.lines.find(({ label }) => label === line.label);
        if (found === undefined) return [];
        const values = shifted(times, { times: otherTimes, values: found.values }, shiftMs);
        return [
          {
            label: `${line.label}, ${name}`,
            ink: line.ink,
            values,
            isGhost: true,
            ...(line.isShare === true ? { isShare: true } : {}),
          },
        ];
      });
    });
    return ghosts.length === 0 ? panel : { ...panel, lines: [...panel.lines, ...ghosts] };
  });
}
