import type { DeviceReading } from '../../../core/contract/devices.ts';
import type { Line } from './Chart.tsx';
import { CHARTED, type Series } from './charts.ts';

const INKS = ['chart-1', 'chart-2', 'chart-3'] as const;

export type KindPanel = {
  readonly metric: string;
  readonly unit: string;
  readonly lines: readonly Line[];
};

/** What a kind of device shows first, beyond what every device page charts. */
export const ownMetrics = (ofKind: readonly string[], known: ReadonlySet<string>): readonly string[] =>
  ofKind.filter((metric) => known.has(metric) && !CHARTED.includes(metric) && !metric.startsWith('interface.'));

/**
 * A chart for each metric, a line for each of its instances; a chart bears three.
 * @param title of a metric, for lines that have no name of their own
 */
export function kindPanels(
  { series }: Series,
  metrics: readonly string[],
  readings: readonly DeviceReading[],
  title: (metric: string) => string,
): readonly KindPanel[] {
  return metrics.flatMap((metric) => {
    const named = readings.filter((reading) => reading.metric === metric);
    const lines = series
      .filter((one) => one.metric === metric && one.values.some((value) => value !== null))
      .slice(0, INKS.length)
      .map(({ instance, values }, at): Line => {
        const label = named.find((reading) => reading.instance === instance)?.label ?? '';
        return { label: label === '' ? instance || title(metric) : label, ink: INKS[at] ?? INKS[0], values };
      });
    return lines.length === 0 ? [] : [{ metric, unit: named[0]?.unit ?? '', lines }];
  });
}
