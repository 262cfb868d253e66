import type { RawCounter } from '../../collector/pipeline/counters.ts';
import type { FastRound } from '../../collector/pipeline/round-columns.ts';
import type { PollRound, Probe } from '../../collector/probe.ts';
import type { SnmpClient } from '../../collector/snmp/client.ts';
import type { Reading } from '../../core/domain/sample.ts';

/** A round in the form that is easy to read. */
export function plainRound({ columns, ...round }: FastRound): PollRound {
  const gauges = columns.layout.gauges.flatMap(({ metric, instance }, place): Reading[] => {
    const value = columns.gauges[place] ?? Number.NaN;
    return Number.isNaN(value) ? [] : [{ metric, instance, kind: 'gauge', value }];
  });
  const counters = columns.layout.counters.flatMap((name, place): RawCounter[] => {
    const raw = columns.raw[place] ?? Number.NaN;
    if (Number.isNaN(raw)) return [];
    const discontinuity = columns.discontinuity[place] ?? Number.NaN;
    return [
      {
        ...name,
        key: `${name.metric}/${name.instance}`,
        raw,
        bits: columns.is64[place] === 1 ? 64 : 32,
        discontinuity: Number.isNaN(discontinuity) ? null : discontinuity,
      },
    ];
  });
  return { ...round, gauges: [...gauges, ...round.gauges], counters };
}

/** One poll of a probe that has only the fast form. */
export async function pollOnce(
  probe: { readonly pollFast: NonNullable<Probe['pollFast']> },
  device: Parameters<NonNullable<Probe['pollFast']>>[0],
): Promise<PollRound> {
  const rounds: PollRound[] = [];
  await probe.pollFast(device, (round) => {
    rounds.push(plainRound(round));
    return null;
  });
  const [round] = rounds;
  if (round === undefined) throw new Error('the poll brought no round');
  return round;
}

/** The fast form of `get` for clients of the tests. */
export const readBy =
  (get: SnmpClient['get']): SnmpClient['read'] =>
  (target, { oids }, slots, first, done) => {
    get(target, oids).then((values) => {
      for (const [place, value] of values.entries()) slots.setValue(first + place, value);
      done(null);
    }, done);
  };
