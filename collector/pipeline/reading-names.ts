import type { Reading } from '../../core/domain/sample.ts';
import type { ReadingName } from '../probe.ts';
import type { ProbeReading } from '../profile.ts';

/** Of `usage`, by class. */
const USAGE_METRICS: Readonly<Record<string, string>> = {
  processor: 'cpu.usage_percent',
  memory: 'mem.used_percent',
  storage: 'disk.used_percent',
};

/** The metric that a profile's reading is stored as: one of `core/domain/metrics.ts`, or group and class as they are. */
export const metricOf = ({ group, class: kind }: Pick<ProbeReading, 'group' | 'class'>): string =>
  (group === 'usage' ? USAGE_METRICS[kind] : undefined) ?? `${group}.${kind.replaceAll('-', '_')}`;

export const readingOf = (reading: ProbeReading): Reading => ({
  metric: metricOf(reading),
  instance: reading.index,
  value: reading.value,
  kind: 'gauge',
});

/** How people know the readings of a device. */
export const readingNames = (readings: readonly ProbeReading[]): readonly ReadingName[] =>
  readings.map((reading) => ({
    metric: metricOf(reading),
    instance: reading.index,
    label: reading.label,
    unit: reading.unit,
    ...(reading.limits === undefined ? {} : { limits: reading.limits }),
  }));
