import { type Interval, type Intervals, joined } from './intervals.ts';
import { parseRecurrence, startsOf } from './recurrence.ts';
import { covers, type RegionCode } from './region.ts';
import { zoneOf } from './zone.ts';

/** Work that was announced, once or again and again, of devices, sites or regions. */
export type MaintenanceTimes = {
  readonly startsAt: number;
  readonly endsAt: number;
  /** RRULE; null = once. */
  readonly recurrence: string | null;
  /** In whose zone days are counted. */
  readonly regionCode: RegionCode | '';
};

export type MaintenanceTargets = {
  readonly deviceIds: readonly string[];
  readonly siteIds: readonly string[];
  readonly regionCodes: readonly RegionCode[];
};

/** The times of a window that touch a range, in order.. */
export function timesOf(window: MaintenanceTimes, { from, to }: Interval): Intervals {
  const lasting = window.endsAt - window.startsAt;
  if (window.recurrence === null) {
    const touches = window.startsAt < to && window.endsAt > from;
    return touches ? [{ from: window.startsAt, to: window.endsAt }] : [];
  }
  const { offsetMs } = zoneOf(window.regionCode);
  const rule = parseRecurrence(window.recurrence, offsetMs);
  const times: Interval[] = [];
  for (const at of startsOf(window.startsAt, rule, { offsetMs, before: to })) {
    if (at + lasting > from) times.push({ from: at, to: at + lasting });
  }
  return joined(times);
}

export const isTarget = (
  { deviceIds, siteIds, regionCodes }: MaintenanceTargets,
  device: { readonly deviceId: string; readonly siteId: string; readonly regionCode: RegionCode },
): boolean =>
  deviceIds.includes(device.deviceId) ||
  siteIds.includes(device.siteId) ||
  regionCodes.some((code) => covers(code, device.regionCode));
