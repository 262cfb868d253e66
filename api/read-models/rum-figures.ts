import type { RumFigures, RumPartFigures } from '../../core/contract/rum.ts';
import { DAY } from '../../core/domain/clock.ts';
import { p75Of, RUM_VITALS, type RumVital } from '../../core/domain/rum.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { RumFilter, RumPart, VitalCount } from '../../core/stores/inventory/rum.ts';

const MOST_ERRORS = 20;
const MOST_PARTS = 60;

type Buckets = Map<RumVital, Map<number, number>>;

/** 75th percentiles of everything that browsers told of a range, in all the ways a screen tells it apart. */
export async function rumFigures(
  { rum, regions }: Pick<Inventory, 'rum' | 'regions'>,
  filter: RumFilter,
): Promise<Omit<RumFigures, 'isOn'>> {
  async function parts(by: RumPart): Promise<RumPartFigures[]> {
    const [vitals, errors] = [await rum.vitals(filter, by), await rum.errorCounts(filter, by)];
    const buckets = bucketsOf(vitals);
    const ids = [...new Set([...buckets.keys(), ...errors.keys()])];
    return ids.map((id) => figuresOf(id, buckets.get(id) ?? new Map(), errors.get(id) ?? 0));
  }
  const bySlowness = (a: RumPartFigures, b: RumPartFigures): number =>
    (b.vitals.ready ?? b.vitals.lcp ?? -1) - (a.vitals.ready ?? a.vitals.lcp ?? -1) || b.count - a.count;

  const screens = await parts('route');
  const regencies = await parts('regency');
  const named = await Promise.all(
    regencies.map(async (part) => ({
      ...part,
      name: part.id === '' ? null : ((await regions.get(part.id))?.name ?? null),
    })),
  );
  const days = await parts('day');
  const whole = bucketsOf((await rum.vitals(filter, 'route')).map((count) => ({ ...count, part: '' }))).get('');
  const failed = screens.reduce((sum, { errors }) => sum + errors, 0);
  return {
    from: filter.from,
    to: filter.to,
    all: figuresOf('', whole ?? new Map(), failed),
    screens: screens.toSorted(bySlowness).slice(0, MOST_PARTS),
    regencies: named.toSorted(bySlowness).slice(0, MOST_PARTS),
    connections: (await parts('connection')).toSorted(bySlowness),
    trend: days
      .map(({ id, vitals, count, errors }) => ({ at: Number(id), ready: vitals.ready, count, errors }))
      .toSorted((a, b) => a.at - b.at),
    errors: (await rum.errors(filter, MOST_ERRORS)).map((error) => ({
      ...error,
      routes: [...error.routes],
      browsers: [...error.browsers],
    })),
  };
}

/** Whole days, so that a trend does not begin with half a one. */
export const rumRange = (days: number, now: number): { readonly from: number; readonly to: number } => {
  const to = (Math.floor(now / DAY) + 1) * DAY;
  return { from: to - days * DAY, to };
};

function bucketsOf(counts: readonly VitalCount[]): Map<string, Buckets> {
  const parts = new Map<string, Buckets>();
  for (const { part, vital, bucket, count } of counts) {
    const ofPart = parts.get(part) ?? new Map<RumVital, Map<number, number>>();
    const ofVital = ofPart.get(vital) ?? new Map<number, number>();
    ofVital.set(bucket, (ofVital.get(bucket) ?? 0) + count);
    parts.set(part, ofPart.set(vital, ofVital));
  }
  return parts;
}

function figuresOf(id: string, buckets: Buckets, errors: number): RumPartFigures {
  const p75 = (vital: RumVital): number | null => p75Of(vital, buckets.get(vital) ?? new Map());
  const countOf = (vital: RumVital): number => [...(buckets.get(vital)?.values() ?? [])].reduce((sum, n) => sum + n, 0);
  return {
    id,
    name: null,
    count: Math.max(...RUM_VITALS.map(countOf)),
    vitals: {
      ready: p75('ready'),
      lcp: p75('lcp'),
      inp: p75('inp'),
      cls: p75('cls'),
      fcp: p75('fcp'),
      ttfb: p75('ttfb'),
    },
    errors,
  };
}
