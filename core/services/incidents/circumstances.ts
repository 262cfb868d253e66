import type { Outage } from '../../contract/outages.ts';
import type { Circumstances } from '../../domain/cause.ts';
import { DAY, HOUR, MINUTE } from '../../domain/clock.ts';
import { type Interval, intersection, joined, lengthMs } from '../../domain/intervals.ts';
import { isTarget, timesOf } from '../../domain/maintenance.ts';
import type { Sample } from '../../domain/sample.ts';
import type { JudgedIncident } from '../../stores/inventory/incident-ledger.ts';
import type { Neighbour } from '../../stores/inventory/incident-neighbours.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import type { SeriesStore } from '../../stores/series/series-store.ts';

export type EvidenceSources = {
  readonly inventory: Pick<Inventory, 'outages' | 'statuses' | 'maintenance' | 'incidentNeighbours'>;
  readonly series: Pick<SeriesStore, 'latest' | 'query'>;
};

/** An incident of a thousand devices shows its cause in a few. */
const MOST_DEVICES = 20;
const MOST_OUTAGES = 500;
const NEIGHBOUR_MS = 3 * MINUTE;
/** The mains may be told to be gone before the battery behind it is. */
const MAINS_BEFORE_MS = 15 * MINUTE;
const SIGNAL_STEP_MS = 10 * MINUTE;
const SIGNAL_LAST_MS = 30 * MINUTE;

const UPTIME = 'system.uptime_s';
const STATE = 'sensor.state';
const VOLTAGE = 'sensor.voltage';
const RUNTIME = 'sensor.runtime';
const SIGNALS = ['sensor.dbm', 'wireless.rssi', 'wireless.rsrp', 'sensor.signal'] as const;
/** Below it there is no mains of 220 V, whatever floats on the line. */
const MAINS_VOLTS = 50;

/** What the stores know around an incident. */
export async function circumstancesOf(
  { inventory, series }: EvidenceSources,
  incident: JudgedIncident,
  now: number,
): Promise<Circumstances> {
  const { root, startedAt, endedAt } = incident;
  const until = endedAt ?? now;
  const { items: outages } = await inventory.outages.list({ incidentId: incident.id, pageSize: MOST_OUTAGES });
  const first = outages.toSorted((a, b) => a.startedAt - b.startedAt).slice(0, MOST_DEVICES);
  const own = root.kind === 'device' ? outages.filter(({ deviceId }) => deviceId === root.deviceId) : first;
  const seat = own[0] ?? first[0];
  const neighbours =
    seat === undefined ? [] : await inventory.incidentNeighbours.around(seat, startedAt - NEIGHBOUR_MS);
  const [uptimes, power, signals, shareUnseen, states] = await Promise.all([
    series.latest({ deviceIds: idsOf(own), metrics: [UPTIME], since: startedAt }),
    series.latest({
      deviceIds: neighbours.filter(({ tellsPower }) => tellsPower).map(({ deviceId }) => deviceId),
      metrics: [STATE, VOLTAGE, RUNTIME],
      since: startedAt - MAINS_BEFORE_MS,
    }),
    signalsOf(series, idsOf(own), startedAt),
    inventory.incidentNeighbours.shareUnseen(startedAt - NEIGHBOUR_MS, startedAt + NEIGHBOUR_MS),
    inventory.statuses.spans(
      neighbours.map(({ deviceId }) => deviceId),
      startedAt,
      Math.max(until, startedAt + 1),
    ),
  ]);
  const fallen = new Set(idsOf(outages));
  const sites = new Set(outages.map(({ siteId }) => siteId));
  return {
    root,
    startedAt,
    endedAt,
    sitesTogether: root.kind === 'segment' ? sites.size : 0,
    devicesCutOff: root.kind === 'device' ? Math.max(0, fallen.size - 1) : 0,
    uptimes: uptimes.flatMap((sample) => uptimeOf(sample, own)),
    ...powerOf(power, startedAt),
    neighboursDown: neighbours.filter((one) => isFallen(one, seat, startedAt)).length,
    neighboursUp: neighbours.filter(({ deviceId, siteId, countsForSite }) => {
      const seen = states.get(deviceId) ?? [];
      const isUp = seen.length > 0 && seen.every(({ state }) => state === 'up' || state === 'degraded');
      return countsForSite && isUp && siteId === seat?.siteId && !fallen.has(deviceId);
    }).length,
    signals,
    reason: own[0]?.reason ?? null,
    shareUnseen,
    maintenance: await maintenanceOf(inventory, outages, { from: startedAt, to: Math.max(until, startedAt + 1) }),
  };
}

const idsOf = (outages: readonly Outage[]): string[] => [...new Set(outages.map(({ deviceId }) => deviceId))];

/** Fell within minutes, by itself, at the same place. What hangs on the root fell because of it. */
const isFallen = (one: Neighbour, seat: Outage | undefined, startedAt: number): boolean =>
  one.fellAt !== null &&
  !one.isParents &&
  one.deviceId !== seat?.deviceId &&
  Math.abs(one.fellAt - startedAt) <= NEIGHBOUR_MS;

/** How long a device had run when it was first read again; what was read before it was back says nothing. */
function uptimeOf({ deviceId, value, at }: Sample, own: readonly Outage[]): Circumstances['uptimes'] {
  const ends = own.filter((outage) => outage.deviceId === deviceId).map(({ endedAt }) => endedAt);
  const isBack = ends.length > 0 && ends.every((endedAt) => endedAt !== null && endedAt <= at);
  return isBack ? [{ deviceId, uptimeMs: value * 1_000, readAt: at }] : [];
}

function powerOf(samples: readonly Sample[], startedAt: number): Pick<Circumstances, 'mains' | 'batteries'> {
  const mains: Circumstances['mains'][number][] = [];
  const batteries: Circumstances['batteries'][number][] = [];
  for (const { deviceId, metric, instance, value, at } of samples) {
    // Mains that were there before it fell say nothing of afterwards.
    const add = (isOn: boolean, volts: number | null): void => {
      if (!isOn || at >= startedAt) mains.push({ deviceId, isOn, volts, at });
    };
    if (metric === STATE && /(^|\.)mains$/.test(instance)) add(value !== 0, null);
    if (metric === VOLTAGE && /^(input|mains|line)/.test(instance)) add(value >= MAINS_VOLTS, value);
    if (metric === RUNTIME && /(^|\.)on-battery/.test(instance)) batteries.push({ deviceId, minutes: value, at });
  }
  return { mains, batteries };
}

/** Light and radio signals of the last day before, in means of ten minutes: the usual one, and the last. */
async function signalsOf(
  series: EvidenceSources['series'],
  deviceIds: readonly string[],
  startedAt: number,
): Promise<Circumstances['signals']> {
  if (deviceIds.length === 0) return [];
  const found = await series.query({
    deviceIds,
    metrics: SIGNALS,
    from: startedAt - DAY,
    to: startedAt,
    stepMs: SIGNAL_STEP_MS,
    aggregate: 'mean',
  });
  return found.flatMap(({ deviceId, metric, instance, points }) => {
    // What a module sends tells nothing of the line.
    if (metric === 'sensor.dbm' && !instance.startsWith('rx')) return [];
    const known = points.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]));
    const last = known.at(-1);
    const before = known.filter(({ at }) => at < startedAt - HOUR).map(({ value }) => value);
    const usual = before.sort((a, b) => a - b)[Math.floor(before.length / 2)];
    if (last === undefined || usual === undefined || last.at < startedAt - SIGNAL_LAST_MS) return [];
    return [{ deviceId, usual, last: last.value, at: last.at }];
  });
}

/** The window that covers most of the time of the outages. */
async function maintenanceOf(
  inventory: EvidenceSources['inventory'],
  outages: readonly Outage[],
  range: Interval,
): Promise<Circumstances['maintenance']> {
  const windows = await inventory.maintenance.touching(range.from, range.to);
  const whole = outages.map((outage) => ({ outage, time: { from: outage.startedAt, to: outage.endedAt ?? range.to } }));
  const total = lengthMs(whole.map(({ time }) => time));
  let best: Circumstances['maintenance'] = null;
  for (const window of windows) {
    const times = joined(timesOf(window, range));
    const covered = whole
      .filter(({ outage }) => isTarget(window, outage))
      .reduce((sum, { time }) => sum + lengthMs(intersection(times, [time])), 0);
    const share = total === 0 ? 0 : covered / total;
    if (share > (best?.share ?? 0)) best = { windowId: window.id, share };
  }
  return best;
}
