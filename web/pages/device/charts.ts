import type { querySeries } from '../../../core/contract/series.ts';
import type { Reply } from '../../api/endpoint.ts';

export type Series = Reply<typeof querySeries>;

/** Metrics of the device page, by what is drawn of them. Names follow Telegraf. */
export const LATENCY = ['ping.average_response_ms', 'reachability.response_ms'] as const;
export const LOSS = 'ping.percent_packet_loss';
export const IN = 'interface.ifHCInOctets';
export const OUT = 'interface.ifHCOutOctets';
export const CLIENTS = 'wireless.clients';
export const CPU = 'cpu.usage_percent';
export const MEMORY = 'mem.used_percent';
export const CHARTED: readonly string[] = [...LATENCY, LOSS, IN, OUT, CLIENTS, CPU, MEMORY];

export type Column = readonly (number | null)[];

const has = (column: Column): boolean => column.some((value) => value !== null);

/** Values of a metric; several instances are added up, and a gap in all of them stays a gap. */
export function columnOf({ series, times }: Series, metric: string, instances?: ReadonlySet<string>): Column | null {
  const found = series.filter(
    (one) => one.metric === metric && (instances === undefined || instances.has(one.instance)),
  );
  if (found.length === 0) return null;
  const column = times.map((_, at) => {
    const values = found.flatMap(({ values }) => values[at] ?? []);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
  });
  return has(column) ? column : null;
}

/** The mean over instances: several processors are not one faster one. */
export function meanColumnOf(series: Series, metric: string): Column | null {
  const count = series.series.filter((one) => one.metric === metric).length;
  const sum = columnOf(series, metric);
  return sum === null ? null : sum.map((value) => (value === null ? null : value / count));
}

const BITS_PER_OCTET = 8;

/** The busiest interface carries the device's traffic outwards; adding all of them would count what passes through twice. */
export function busiest(series: Series): string | null {
  let best: { readonly instance: string; readonly sum: number } | null = null;
  const instances = new Set(
    series.series.filter(({ metric }) => metric === IN || metric === OUT).map(({ instance }) => instance),
  );
  for (const instance of instances) {
    const sum = series.series
      .filter((one) => one.instance === instance && (one.metric === IN || one.metric === OUT))
      .reduce((all, { values }) => all + values.reduce<number>((part, value) => part + (value ?? 0), 0), 0);
    if (best === null || sum > best.sum) best = { instance, sum };
  }
  return best?.instance ?? null;
}

/** Traffic in bit/s around zero: in above, out below. */
export function trafficOf(
  series: Series,
  instance: string | null,
): { readonly inward: Column; readonly outward: Column } | null {
  if (instance === null) return null;
  const only = new Set([instance]);
  const inward = columnOf(series, IN, only);
  const outward = columnOf(series, OUT, only);
  if (inward === null && outward === null) return null;
  const none = series.times.map(() => null);
  const bits = (column: Column | null, sign: 1 | -1): Column =>
    (column ?? none).map((value) => (value === null ? null : sign * value * BITS_PER_OCTET));
  return { inward: bits(inward, 1), outward: bits(outward, -1) };
}
