import type { PollRound } from '../probe.ts';
import type { RawCounter } from './counters.ts';
import {
  type CounterColumns,
  type CounterName,
  type FastRound,
  type RoundLayout,
  RoundScratch,
} from './round-columns.ts';

export const NO_COUNTERS: CounterColumns = {
  raw: new Float64Array(0),
  is64: new Uint8Array(0),
  discontinuity: new Float64Array(0),
};
const NOTHING: RoundLayout = { gauges: [], counters: [] };

/**
 * Turns rounds in the form that is easy to write into the fast one; one round at a time.
 * @param last layout of the device's round before, which is the layout again where the counters are the same
 */
export function createPlainRounds(): (last: RoundLayout | null, round: PollRound) => FastRound {
  const scratch = new RoundScratch();
  return (last, { counters, ...round }) => {
    if (counters.length === 0) return { ...round, columns: scratch.begin(NOTHING) };
    const columns = scratch.begin(last !== null && isSame(last, counters) ? last : layoutOf(counters));
    for (const [place, { raw, bits, discontinuity }] of counters.entries()) {
      columns.raw[place] = raw;
      columns.is64[place] = bits === 64 ? 1 : 0;
      columns.discontinuity[place] = discontinuity ?? Number.NaN;
    }
    return { ...round, columns };
  };
}

const isSame = ({ gauges, counters }: RoundLayout, wanted: readonly RawCounter[]): boolean =>
  gauges.length === 0 &&
  counters.length === wanted.length &&
  counters.every((name, place) => isCalled(name, wanted[place]));

const isCalled = ({ metric, instance, maxPerSecond }: CounterName, counter: RawCounter | undefined): boolean =>
  metric === counter?.metric && instance === counter.instance && maxPerSecond === counter.maxPerSecond;

const layoutOf = (counters: readonly RawCounter[]): RoundLayout => ({
  gauges: [],
  counters: counters.map(({ metric, instance, maxPerSecond }) => ({ metric, instance, maxPerSecond })),
});
