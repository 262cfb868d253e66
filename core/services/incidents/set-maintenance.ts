import type { MaintenanceWindow, NewMaintenanceWindow } from '../../contract/maintenance.ts';
import { DAY } from '../../domain/clock.ts';
import { AppError } from '../../domain/errors.ts';
import { timesOf } from '../../domain/maintenance.ts';
import { parseRecurrence } from '../../domain/recurrence.ts';
import type { RegionCode } from '../../domain/region.ts';
import { zoneOf } from '../../domain/zone.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import { type ActingParts, publishChange } from './acting.ts';
import { type JudgeParts, judgeIncident } from './judge-incident.ts';
import { commonRegion } from './network.ts';

export type MaintenanceParts = JudgeParts &
  Pick<ActingParts, 'bus' | 'clock'> & {
    readonly inventory: JudgeParts['inventory'] & Pick<Inventory, 'devices' | 'sites' | 'regions'>;
  };

/** Longer is no maintenance. */
const LONGEST_MS = 31 * DAY;
const FAR_MS = 30 * 366 * DAY;

/** Where the targets of a window lie. @throws AppError `bad-input` for one that does not exist */
export async function regionsOf(
  { inventory }: Pick<MaintenanceParts, 'inventory'>,
  window: NewMaintenanceWindow,
): Promise<readonly RegionCode[]> {
  const { deviceIds = [], siteIds = [], regionCodes = [] } = window;
  if (deviceIds.length + siteIds.length + regionCodes.length === 0)
    throw new AppError('bad-input', 'maintenance is of some devices, sites or regions');
  const [devices, sites, regions] = await Promise.all([
    Promise.all(deviceIds.map((id) => inventory.devices.get(id))),
    Promise.all(siteIds.map((id) => inventory.sites.get(id))),
    Promise.all(regionCodes.map((code) => inventory.regions.get(code))),
  ]);
  if ([...devices, ...sites, ...regions].includes(null))
    throw new AppError('bad-input', 'a device, site or region of the maintenance does not exist');
  return [
    ...[...devices, ...sites].flatMap((thing) => (thing === null ? [] : [thing.regionCode])),
    ...regions.flatMap((region) => (region === null ? [] : [region.code])),
  ];
}

/**
 * Announces maintenance, or tells of it afterwards: incidents that it touches are judged anew.
 * @throws AppError `bad-input`
 */
export async function setMaintenance(
  parts: MaintenanceParts,
  form: NewMaintenanceWindow,
  accountId: string,
): Promise<MaintenanceWindow> {
  const { title, startsAt, endsAt, note = '', recurrence = null } = form;
  const { deviceIds = [], siteIds = [], regionCodes = [] } = form;
  if (endsAt <= startsAt || endsAt - startsAt > LONGEST_MS)
    throw new AppError('bad-input', 'maintenance ends after it starts, and lasts a month at most', {
      faults: [{ field: '/endsAt', reason: 'must lie after startsAt, by 31 days at most' }],
    });
  const regionCode = commonRegion(await regionsOf(parts, form));
  const times = { startsAt, endsAt, recurrence, regionCode };
  const window = await parts.inventory.maintenance.create(
    { ...times, title, note, deviceIds, siteIds, regionCodes, lastEndsAt: lastEndOf(times) },
    { accountId, at: parts.clock() },
  );
  await judgeTouched(parts, window);
  return window;
}

/** Calls maintenance off: it counts as never announced. @throws AppError `not-found` */
export async function cancelMaintenance(parts: MaintenanceParts, id: string, accountId: string): Promise<void> {
  const { maintenance } = parts.inventory;
  const window = await maintenance.get(id);
  if (window === null || !(await maintenance.cancel(id, { accountId, at: parts.clock() })))
    throw new AppError('not-found', 'there is no such maintenance');
  await judgeTouched(parts, window);
}

function lastEndOf(times: Parameters<typeof timesOf>[0]): number | null {
  const { startsAt, endsAt, recurrence, regionCode } = times;
  if (recurrence === null) return endsAt;
  const { count, until } = parseRecurrence(recurrence, zoneOf(regionCode).offsetMs);
  const last = timesOf(times, { from: startsAt, to: startsAt + FAR_MS }).at(-1);
  if (last === undefined)
    throw new AppError('bad-input', 'the recurrence names no time at all', {
      faults: [{ field: '/recurrence', reason: 'names no time at or after startsAt' }],
    });
  return count === null && until === null ? null : last.to;
}

async function judgeTouched(parts: MaintenanceParts, window: MaintenanceWindow): Promise<void> {
  const range = { from: window.startsAt, to: window.recurrence === null ? window.endsAt : null };
  for (const id of await parts.inventory.incidentLedger.touching(range, window)) {
    const change = await judgeIncident(parts, id, parts.clock());
    if (change !== null) publishChange(parts, { id, regionCode: change.regionCode });
  }
}
