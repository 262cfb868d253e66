import type { Outage } from '../../contract/outages.ts';
import type { Circumstances } from '../../domain/cause.ts';
import { DAY, HOUR, MINUTE } from '../../domain/clock.ts';
import { type Interval, intersection, joined, lengthMs } from '../../domain/intervals.ts';
import { isTarget, timesOf } from '../../domain/maintenance.ts';
import type { Sample } from '../../domain/sample.ts';
import type { ReportedSite } from '../../stores/inventory/citizen-reports.ts';
import type { JudgedIncident } from '../../stores/inventory/incident-ledger.ts';
import type { Neighbour } from '../../stores/inventory/incident-neighbours.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import type { SeriesStore } from '../../stores/series/series-store.ts';

export type EvidenceSources = {
  readonly inventory: Pick<
    Inventory,
    'outages' | 'statuses' | 'maintenance' | 'incidentNeighbours' | 'officerAnswers' | 'citizenReports'
  >;
  readonly series: Pick<SeriesStore, 'latest' | 'query'>;
};

/** An incident of a thousand devices shows its cause in a few. */
const MOST_DEVICES = 20;
const MOST_OUTAGES = 500;
const NEIGHBOUR_MS = 3 * MINUTE;
/** People feel a line that dies before a probe calls it dead. */
const REPORTED_BEFORE_MS = 30 * MINUTE;
/** The mains may be told to be gone before the battery behind it is. */
const MAINS_BEFORE_MS = 15 * MINUTE;
/** Later than this the mains say nothing any more of why it fell. */
const MAINS_LOOK_MS = 6 * HOUR;
const MAINS_STEP_MS = MINUTE;
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
  const [uptimes, power, signals, shareUnseen, states, answers, reported] = await Promise.all([
    series.latest({ deviceIds: idsOf(own), metrics: [UPTIME], since: startedAt }),
    powerOf(
      series,
      neighbours.filter(({ tellsPower }) => tellsPower).map(({ deviceId }) => deviceId),
      { from: startedAt, to: until },
    ),
    signalsOf(series, idsOf(own), startedAt),
    inventory.incidentNeighbours.shareUnseen(startedAt, NEIGHBOUR_MS),
    inventory.statuses.spans(
      neighbours.map(({ deviceId }) => deviceId),
      startedAt,
      Math.max(until, startedAt + 1),
    ),
    inventory.officerAnswers.of(incident.id),
    inventory.citizenReports.between(startedAt - REPORTED_BEFORE_MS, until, {
      siteIds: [...new Set(own.map(({ siteId }) => siteId))],
    }),
  ]);
  const fallen = new Set(idsOf(outages));
  const sites = new Set(outages.map(({ siteId }) => siteId));
  const villages = new Set(own.map(({ regionCode }) => regionCode));
  return {
    root,
    startedAt,
    endedAt,
    sitesTogether: root.kind === 'segment' ? sites.size : 0,
    devicesCutOff: root.kind === 'device' ? Math.max(0, fallen.size - 1) : 0,
    uptimes: uptimes.flatMap((sample) => uptimeOf(sample, own)),
    ...power,
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
    // A lamp in a village that a trunk takes down says nothing of the trunk.
    officers: answers.filter(({ villageCode }) => villages.has(villageCode)),
    citizens: citizensOf(reported),
  };
}

/** People of a village, and when the last of them reported. */
function citizensOf(sites: readonly ReportedSite[]): Circumstances['citizens'] {
  const villages = new Map<string, { people: number; at: number }>();
  for (const { regionCode, reports } of sites) {
    const known = villages.get(regionCode) ?? { people: 0, at: 0 };
    for (const { minute, people } of reports) {
      known.people += people;
      known.at = Math.max(known.at, minute);
    }
    villages.set(regionCode, known);
  }
  return [...villages].map(([of, { people, at }]) => ({ of, people, at }));
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

/**
 * What power boxes and UPSes told while it lasted. Mains that came back count as gone all the same: they do so before
 * the devices are up again.
 */
async function powerOf(
  series: EvidenceSources['series'],
  deviceIds: readonly string[],
  { from, to }: Interval,
): Promise<Pick<Circumstances, 'mains' | 'batteries'>> {
  if (deviceIds.length === 0) return { mains: [], batteries: [] };
  const range = { deviceIds, from: from - MAINS_BEFORE_MS, to: Math.min(to, from + MAINS_LOOK_MS) + 1 };
  const [mains, batteries] = await Promise.all([
    series.query({ ...range, metrics: [STATE, VOLTAGE], stepMs: MAINS_STEP_MS, aggregate: 'min' }),
    series.query({ ...range, metrics: [RUNTIME], stepMs: MAINS_STEP_MS, aggregate: 'max' }),
  ]);
  return {
    mains: mains.flatMap((one) => {
      const isState = one.metric === STATE;
      if (!(isState ? /(^|\.)mains$/ : /^(input|mains|line)/).test(one.instance)) return [];
      const isOn = (value: number): boolean => (isState ? value !== 0 : value >= MAINS_VOLTS);
      const known = one.points.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]));
      const during = known.filter(({ at }) => at >= from);
      const before = known.findLast(({ at }) => at < from);
      // Mains that were there before it fell say nothing of afterwards.
      const told = [...(before === undefined || isOn(before.value) ? [] : [before]), ...during];
      const seen = told.find(({ value }) => !isOn(value)) ?? told.at(-1);
      if (seen === undefined) return [];
      const { at, value } = seen;
      return [{ deviceId: one.deviceId, isOn: isOn(value), volts: isState ? null : value, at }];
    }),
    batteries: batteries.flatMap(({ deviceId, instance, points }) => {
      const longest = points.reduce((most, { value }) => Math.max(most, value ?? 0), 0);
      const last = points.findLast(({ value }) => value !== null && value > 0);
      if (!/(^|\.)on-battery/.test(instance) || last === undefined) return [];
      return [{ deviceId, minutes: longest, at: last.at }];
    }),
  };
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
