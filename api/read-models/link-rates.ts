import type { Link, LinkHealthView, Load } from '../../core/contract/links.ts';
import { HOUR, MINUTE } from '../../core/domain/clock.ts';
import type { LossRate } from '../../core/domain/link-health.ts';
import { percentile } from '../../core/domain/percentile.ts';
import type { Sample } from '../../core/domain/sample.ts';
import type { Series, SeriesStore } from '../../core/stores/series/series-store.ts';

export type JudgedLink = Pick<Link, 'id' | 'medium' | 'deviceId' | 'ifIndex' | 'contractMbps'>;
export type MeasuredLink = JudgedLink & { readonly deviceId: string };

const IN = 'interface.ifHCInOctets';
const OUT = 'interface.ifHCOutOctets';
const ERRORS = ['interface.ifInErrors', 'interface.ifOutErrors'] as const;
const DISCARDS = ['interface.ifInDiscards', 'interface.ifOutDiscards'] as const;

/** The usual width of means of which a 95th percentile is taken. */
const LOAD_STEP_MS = 5 * MINUTE;
const PERCENTILE = 0.95;
/** Packets are not counted: on links that people use they hold some 800 octets. */
const PACKET_OCTETS = 800;

type Rates = Pick<LinkHealthView, 'in' | 'out' | 'errors' | 'discards'>;
const UNCOUNTED: Rates = { in: null, out: null, errors: null, discards: null };

/** What links carry and lose, for links that a device measures. */
export async function ratesOf(
  series: SeriesStore,
  links: readonly MeasuredLink[],
  asOf: number,
): Promise<(link: JudgedLink) => Rates> {
  const counted = links.filter(({ ifIndex }) => ifIndex !== null);
  if (counted.length === 0) return () => UNCOUNTED;
  const rates = await series.query({
    deviceIds: [...new Set(counted.map(({ deviceId }) => deviceId))],
    metrics: [IN, OUT, ...ERRORS, ...DISCARDS],
    instances: [...new Set(counted.map(({ ifIndex }) => String(ifIndex)))],
    from: asOf - (asOf % LOAD_STEP_MS) - HOUR,
    to: asOf + 1,
    stepMs: LOAD_STEP_MS,
    aggregate: 'rate',
  });
  const valuesOf = new Map(rates.map((one) => [keyOf(one), valuesIn(one)]));
  return ({ deviceId, ifIndex, contractMbps }) => {
    if (deviceId === null || ifIndex === null) return UNCOUNTED;
    const values = (metric: string): readonly number[] =>
      valuesOf.get(keyOf({ deviceId, metric, instance: String(ifIndex) })) ?? [];
    const octets = [IN, OUT].map((metric) => mean(values(metric)));
    const packets = octets.every((rate) => rate === null)
      ? null
      : octets.reduce<number>((sum, rate) => sum + (rate ?? 0), 0) / PACKET_OCTETS;
    return {
      in: loadOf(values(IN), contractMbps),
      out: loadOf(values(OUT), contractMbps),
      errors: lossOf(
        ERRORS.map((metric) => mean(values(metric))),
        packets,
      ),
      discards: lossOf(
        DISCARDS.map((metric) => mean(values(metric))),
        packets,
      ),
    };
  };
}

const valuesIn = ({ points }: Series): number[] => points.flatMap(({ value }) => (value === null ? [] : [value]));
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

function loadOf(octetRates: readonly number[], contractMbps: number | null): Load | null {
  const octets = percentile(octetRates, PERCENTILE);
  if (octets === null) return null;
  const bps = Math.round(8 * octets);
  return { bps, share: contractMbps === null ? null : round(bps / (contractMbps * 1e6), 4) };
}

function lossOf(sides: readonly (number | null)[], packetsPerSecond: number | null): LossRate | null {
  const known = sides.filter((side) => side !== null);
  if (known.length === 0) return null;
  const perSecond = known.reduce((sum, side) => sum + side, 0);
  const isFlowing = packetsPerSecond !== null && packetsPerSecond > 0;
  return {
    perSecond: round(perSecond, 4),
    perMillion: isFlowing ? round((1e6 * perSecond) / packetsPerSecond, 2) : null,
  };
}

/** A series by name. */
export const keyOf = ({ deviceId, metric, instance }: Pick<Sample, 'deviceId' | 'metric' | 'instance'>): string =>
  `${deviceId} ${metric} ${instance}`;

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
