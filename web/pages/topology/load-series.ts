import type { querySeries } from '../../../core/contract/series.ts';
import type { Reply } from '../../api/endpoint.ts';

/** Names follow Telegraf. */
export const IN = 'interface.ifHCInOctets';
export const OUT = 'interface.ifHCOutOctets';

export type Load = {
  readonly from: number;
  readonly to: number;
  readonly times: readonly number[];
  /** bit/s */
  readonly inward: readonly (number | null)[];
  readonly outward: readonly (number | null)[];
  readonly highest: number | null;
};

/** What one port carried. */
export function loadSeries({ from, to, times, series }: Reply<typeof querySeries>, instance: string): Load {
  const bits = (metric: string): readonly (number | null)[] => {
    const found = series.find((one) => one.metric === metric && one.instance === instance);
    return times.map((_, at) => {
      const octets = found?.values[at] ?? null;
      return octets === null ? null : octets * 8;
    });
  };
  const [inward, outward] = [bits(IN), bits(OUT)];
  const known = [...inward, ...outward].filter((value) => value !== null);
  const highest = known.reduce<number | null>((most, value) => Math.max(most ?? 0, value), null);
  return { from, to, times, inward, outward, highest };
}
