import { DAY, HOUR, MINUTE } from '../../../core/domain/clock.ts';
import type { Sample } from '../../../core/domain/sample.ts';
import type { RollUp, SeriesStore } from '../../../core/stores/series/series-store.ts';
import { PastBuckets } from './buckets.ts';
import { checksWithin, type DevicePast, gridAfter, phaseOf, type Span, WINDOW_MS } from './past.ts';
import { reachabilityBuckets } from './reachability.ts';
import { type PastSeries, type Poller, pollerOf, RESPONSE, seriesOf } from './readings.ts';

// How finely the past is told. A chart of a day draws a point every five minutes, one of a week every hour, one of a
// month every three hours: so much is told and no more, since a lab that starts should not keep its visitor waiting.
const RAW_MS = HOUR;
const RAW_POLL_MS = MINUTE;
const MINUTES_MS = DAY;
const MINUTES_STEP_MS = 5 * MINUTE;
const HOURS_MS = 8 * DAY;
const HOURS_POLL_MS = 20 * MINUTE;
const OLD_STEP_MS = 3 * HOUR;
const OLD_POLL_MS = HOUR;
/** Devices whose past goes into the store at once; between two such lots the polls and the screens have their turn. */
const LOT = 6;
const PAUSE_MS = 20;

type Teller = {
  readonly deviceId: string;
  readonly past: DevicePast;
  /** By how far back they are told. */
  readonly series: Readonly<Record<PastSeries['reach'], readonly PastSeries[]>>;
  readonly poll: Poller;
};
const down = (at: number, width: number): number => at - (at % width);

/**
 * Lays the series of a span down, newest first. Doing it again changes nothing, so that one that was cut short is
 * simply done once more.
 * @param span begins with a day (UTC)
 */
export async function laySeries(
  store: Pick<SeriesStore, 'append' | 'appendRollUps'>,
  pasts: readonly (DevicePast & { readonly deviceId: string })[],
  { from, to }: Span,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const rawFrom = down(to - RAW_MS, MINUTES_STEP_MS);
  const minutesFrom = Math.max(from, down(to - MINUTES_MS, HOUR));
  const hoursFrom = Math.max(from, down(to - HOURS_MS, OLD_STEP_MS));
  const daysTo = down(minutesFrom, DAY);
  const tellers = pasts.map((past): Teller => {
    const hour = seriesOf(past);
    const day = hour.filter(({ reach }) => reach !== 'hour');
    const month = day.filter(({ reach }) => reach === 'month');
    return { deviceId: past.deviceId, past, series: { hour, day, month }, poll: pollerOf(past) };
  });
  const days: RollUp[] = [];
  const tell = {
    raw: (lot: readonly Teller[]) => store.append(lot.flatMap((teller) => rawSamples(teller, rawFrom, to))),
    minutes: (lot: readonly Teller[]) =>
      store.appendRollUps(
        '1m',
        lot.flatMap((teller) => [
          ...polled(teller, minutesFrom, rawFrom, { every: MINUTES_STEP_MS, width: MINUTE, reach: 'day' }),
          ...reachabilityBuckets(teller, minutesFrom, rawFrom, { width: MINUTE, step: MINUTES_STEP_MS }),
        ]),
      ),
    hours: (lot: readonly Teller[]) =>
      store.appendRollUps(
        '1h',
        lot.flatMap((teller) => [
          ...polled(teller, hoursFrom, minutesFrom, { every: HOURS_POLL_MS, width: HOUR, reach: 'month' }),
          ...reachabilityBuckets(teller, hoursFrom, minutesFrom, { width: HOUR, step: HOUR }),
        ]),
      ),
    old: (lot: readonly Teller[]) => {
      const every = { every: OLD_POLL_MS, reach: 'month' } as const;
      for (const teller of lot) {
        days.push(
          ...polled(teller, from, daysTo, { ...every, width: DAY }),
          ...reachabilityBuckets(teller, from, daysTo, { width: DAY, step: DAY }),
        );
      }
      return store.appendRollUps(
        '1h',
        lot.flatMap((teller) => [
          ...polled(teller, from, hoursFrom, { ...every, width: OLD_STEP_MS }),
          ...reachabilityBuckets(teller, from, hoursFrom, { width: HOUR, step: OLD_STEP_MS }),
        ]),
      );
    },
  };

  for (const part of [tell.raw, tell.minutes, tell.hours, tell.old]) {
    for (let first = 0; first < tellers.length; first += LOT) {
      signal?.throwIfAborted();
      await part(tellers.slice(first, first + LOT));
      await new Promise((next) => setTimeout(next, PAUSE_MS));
    }
  }
  await store.appendRollUps('1d', days);
}

function rawSamples({ deviceId, past, series, poll }: Teller, from: number, to: number): Sample[] {
  const samples: Sample[] = [];
  const phase = (interval: number): number => phaseOf(past.device, interval);
  const add = (at: number, wanted: readonly PastSeries[]): void => {
    const values = poll(at, wanted)?.values ?? [];
    for (const [position, value] of values.entries()) {
      const known = wanted[position];
      if (known !== undefined) {
        samples.push({ deviceId, metric: known.metric, instance: known.instance, kind: known.kind, at, value });
      }
    }
  };
  const response = series.hour.filter(({ metric }) => metric === RESPONSE);
  const others = series.hour.filter(({ metric }) => metric !== RESPONSE);
  for (let at = gridAfter(from + WINDOW_MS, WINDOW_MS, phase(WINDOW_MS)); at < to; at += WINDOW_MS) {
    const { made, answered } = checksWithin(past, at - WINDOW_MS, at);
    const value = made === 0 ? 1 : answered / made;
    samples.push({ deviceId, metric: 'reachability.up', instance: '', kind: 'gauge', at, value });
    add(at, response);
  }
  for (let at = gridAfter(from, RAW_POLL_MS, phase(RAW_POLL_MS)); at < to; at += RAW_POLL_MS) add(at, others);
  return samples;
}

type Telling = {
  readonly every: number;
  /** Of the buckets; each is stored at its start, in whatever resolution the caller chose. */
  readonly width: number;
  readonly reach: PastSeries['reach'];
};

function polled({ deviceId, past, series, poll }: Teller, from: number, to: number, telling: Telling): RollUp[] {
  const { every, width, reach } = telling;
  const wanted = series[reach];
  const buckets = new PastBuckets(deviceId, wanted, width);
  const first = gridAfter(from, every, phaseOf(past.device, every));
  // The first bucket's counters grow since the poll before it.
  let before = poll(first - every, wanted);
  for (let at = first; at < to; at += every) {
    const answer = poll(at, wanted);
    if (answer === null) continue;
    buckets.add(answer, before);
    before = answer;
  }
  return buckets.take();
}
