import { DAY, HOUR, MINUTE, SECOND } from '../domain/clock.ts';
import type { Interval } from '../domain/intervals.ts';
import { percentile } from '../domain/percentile.ts';
import { DEFAULT_RETENTION, type SeriesStore } from '../stores/series/series-store.ts';

const IN = 'interface.ifHCInOctets';
const OUT = 'interface.ifHCOutOctets';
const PERCENTILE = 0.95;
/** A month of five-minute means of one port is 9,000 points a direction. */
const DEVICES_AT_ONCE = 20;
/** Minutes are kept so long; a month that began earlier is told by its hours. */
const MINUTES_HELD_MS = (DEFAULT_RETENTION['1m'] ?? 0) * DAY;

export type CountedLink = {
  readonly id: string;
  readonly deviceId: string | null;
  readonly ifIndex: number | null;
  readonly contractMbps: number | null;
};

export type LinkLoad = {
  readonly inBps: number | null;
  readonly outBps: number | null;
  /** Of the busier direction; 1 is the whole contract. */
  readonly share: number | null;
  readonly stepS: number;
};

/** 95th percentile of what links carried over a period, by link; those whose port told nothing are left out. */
export async function loadsOf(
  series: Pick<SeriesStore, 'query'>,
  links: readonly CountedLink[],
  { from, to }: Interval,
  now: number,
): Promise<ReadonlyMap<string, LinkLoad>> {
  const stepMs = from < now - MINUTES_HELD_MS ? HOUR : 5 * MINUTE;
  const loads = new Map<string, LinkLoad>();
  const counted = links.filter(({ deviceId, ifIndex }) => deviceId !== null && ifIndex !== null);
  for (let first = 0; first < counted.length && from < to; first += DEVICES_AT_ONCE) {
    const chunk = counted.slice(first, first + DEVICES_AT_ONCE);
    const rates = await series.query({
      deviceIds: [...new Set(chunk.flatMap(({ deviceId }) => deviceId ?? []))],
      metrics: [IN, OUT],
      instances: [...new Set(chunk.map(({ ifIndex }) => String(ifIndex)))],
      from,
      to,
      stepMs,
      aggregate: 'rate',
    });
    const byPort = new Map(
      rates.map(({ deviceId, metric, instance, points }) => [
        `${deviceId} ${metric} ${instance}`,
        bitsPerSecond(points.flatMap(({ value }) => value ?? [])),
      ]),
    );
    for (const { id, deviceId, ifIndex, contractMbps } of chunk) {
      const [inBps, outBps] = [IN, OUT].map((metric) => byPort.get(`${deviceId} ${metric} ${ifIndex}`) ?? null);
      const busier = Math.max(inBps ?? -1, outBps ?? -1);
      if (inBps === undefined || outBps === undefined || busier < 0) continue;
      const share = contractMbps === null ? null : Number((busier / (contractMbps * 1e6)).toFixed(4));
      loads.set(id, { inBps, outBps, share, stepS: stepMs / SECOND });
    }
  }
  return loads;
}

function bitsPerSecond(octetRates: readonly number[]): number | null {
  const octets = percentile(octetRates, PERCENTILE);
  return octets === null ? null : Math.round(8 * octets);
}
