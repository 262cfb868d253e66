import type { StatementOutage } from '../contract/statements.ts';
import { type ConditionLine, wholeSeconds } from '../domain/availability.ts';
import { SECOND } from '../domain/clock.ts';
import type { Place } from '../domain/grant.ts';
import { type Interval, type Intervals, intersection, joined, lengthMs } from '../domain/intervals.ts';
import type { CountingDevice, DeviceIncident } from '../stores/inventory/timelines.ts';
import type { Facts, LinkWitnesses } from './condition-lines.ts';

/** Devices named as evidence of one outage; more prove no more. */
const MOST_EVIDENCE = 12;

type Lines = {
  readonly measured: ConditionLine;
  readonly counted: ConditionLine;
  readonly witnesses: LinkWitnesses;
  readonly incidents: readonly DeviceIncident[];
  readonly sees: (place: Place) => boolean;
  /** The period goes on: an outage at its end is not over. */
  readonly isRunning: boolean;
};

/**
 * Stretches in which a link was down, whether they count or not: what counts of them together is what the tally says.
 * A device that is excluded may be the one that still answered at an end, so that time counts which was not measured as
 * down; it is told here, too.
 */
export function outagesOf(
  facts: Facts,
  { measured, counted, witnesses, incidents, sees, isRunning }: Lines,
): StatementOutage[] {
  const down = downOf(counted);
  return joined([...downOf(measured), ...down]).map(({ from, to }) => {
    const counts = lengthMs(intersection([{ from, to }], down)) / SECOND;
    const seconds = (to - from) / SECOND;
    return {
      from,
      to,
      isOpen: isRunning && to === facts.period.to,
      seconds,
      excludedS: seconds - counts,
      countedS: counts,
      evidence: evidenceOf(facts, devicesOf(witnesses).filter(sees), { from, to }),
      incidents: incidentsOf(incidents, witnesses, { from, to }),
    };
  });
}

const downOf = (line: ConditionLine): Intervals => line.filter(({ value }) => value === 'down');

/** Each device once, the one that measures the link first. */
function devicesOf({ measuring, from, to }: LinkWitnesses): readonly CountingDevice[] {
  const all = [...(measuring === null ? [] : [measuring]), ...from, ...to];
  return [...new Map(all.map((device) => [device.deviceId, device])).values()];
}

function evidenceOf(
  { spans }: Facts,
  devices: readonly CountingDevice[],
  outage: Interval,
): StatementOutage['evidence'] {
  const found: StatementOutage['evidence'] = [];
  for (const { deviceId, deviceName } of devices) {
    for (const span of spans.get(deviceId) ?? []) {
      if (found.length === MOST_EVIDENCE) return found;
      if (span.state !== 'down') continue;
      const [shared] = intersection([wholeSeconds({ from: span.from, to: span.to })], [outage]);
      if (shared !== undefined) found.push({ device: deviceName, reason: span.reason, ...shared });
    }
  }
  return found;
}

/** Incidents that outages of these devices at the time belong to. */
function incidentsOf(
  incidents: readonly DeviceIncident[],
  witnesses: LinkWitnesses,
  { from, to }: Interval,
): StatementOutage['incidents'] {
  const ids = new Set(devicesOf(witnesses).map(({ deviceId }) => deviceId));
  const touching = incidents.filter((one) => ids.has(one.deviceId) && one.from < to && one.to > from);
  return [...new Map(touching.map(({ number, cause }) => [number, { number, cause }])).values()];
}
