import { DAY, HOUR, MINUTE } from '../../core/domain/clock.ts';
import type { TopologyLink } from '../../core/stores/inventory/topology.ts';
import type { SeriesPoint, SeriesStore } from '../../core/stores/series/series-store.ts';

const METRICS = ['interface.ifHCInOctets', 'interface.ifHCOutOctets'] as const;
const RATE_STEP_MS = 5 * MINUTE;
/** A port that told nothing for so long has no rate now. */
const RECENT_MS = 15 * MINUTE;
/** Other questions get their turn between these. */
const DEVICES_AT_ONCE = 400;

type Counted = Pick<TopologyLink, 'id' | 'deviceId' | 'ifIndex'>;
type Asked = { readonly from: number; readonly to: number; readonly stepMs: number };
type Series = Pick<SeriesStore, 'query'>;

/** bit/s that links carry now in the busier direction; those of whose port nothing is known are left out. */
export function currentRates(series: Series, links: readonly Counted[], now: number) {
  const from = now - (now % RATE_STEP_MS) - RECENT_MS;
  return figures(series, links, { from, to: now + 1, stepMs: RATE_STEP_MS }, (points) => {
    return points.findLast(({ value }) => value !== null)?.value ?? null;
  });
}

/** bit/s in the busiest of the last 24 hours. */
export function busiestHours(series: Series, links: readonly Counted[], now: number) {
  const from = now - (now % HOUR) - DAY;
  return figures(series, links, { from, to: now + 1, stepMs: HOUR }, (points) =>
    points.reduce<number | null>((most, { value }) => (value === null ? most : Math.max(most ?? 0, value)), null),
  );
}

async function figures(
  series: Series,
  links: readonly Counted[],
  asked: Asked,
  figureOf: (points: readonly SeriesPoint[]) => number | null,
): Promise<ReadonlyMap<string, number>> {
  const counted = links.filter(({ deviceId, ifIndex }) => deviceId !== null && ifIndex !== null);
  const found = new Map<string, number>();
  for (let first = 0; first < counted.length; first += DEVICES_AT_ONCE) {
    const chunk = counted.slice(first, first + DEVICES_AT_ONCE);
    const rates = await series.query({
      deviceIds: [...new Set(chunk.flatMap(({ deviceId }) => deviceId ?? []))],
      metrics: METRICS,
      instances: [...new Set(chunk.map(({ ifIndex }) => String(ifIndex)))],
      ...asked,
      aggregate: 'rate',
    });
    const byPort = new Map<string, number>();
    for (const { deviceId, instance, points } of rates) {
      const octets = figureOf(points);
      const port = `${deviceId} ${instance}`;
      if (octets !== null) byPort.set(port, Math.max(byPort.get(port) ?? 0, Math.round(8 * octets)));
    }
    for (const { id, deviceId, ifIndex } of chunk) {
      const bps = byPort.get(`${deviceId} ${ifIndex}`);
      if (bps !== undefined) found.set(id, bps);
    }
  }
  return found;
}
