import { BATCH_FIELDS, type BatchChange, type BatchedDevice, type BatchResult } from '../contract/device-batches.ts';
import type { Site } from '../contract/sites.ts';
import { commonRegion } from '../domain/audit.ts';
import { type Clock, MINUTE } from '../domain/clock.ts';
import { AppError } from '../domain/errors.ts';
import type { RegionCode } from '../domain/region.ts';
import type { BatchValues, StandingDevice } from '../stores/inventory/device-batches.ts';
import type { Inventory } from '../stores/inventory/inventory.ts';

/** So long a change of many devices may be taken back. */
const UNDO_MS = 10 * MINUTE;

export type BatchParts = { readonly inventory: Pick<Inventory, 'deviceBatches'>; readonly clock: Clock };

export type BatchOrder = {
  readonly deviceIds: readonly string[];
  readonly change: BatchChange;
  /** The site that `change.siteId` names, which whoever asks may see. */
  readonly site: Pick<Site, 'name' | 'regionCode'> | null;
  readonly accountId: string;
  readonly sees: (device: { readonly regionCode: RegionCode; readonly siteId: string }) => boolean;
  readonly dryRun: boolean;
};

/**
 * Changes many devices together: every one, or none.
 * @returns what differs, and the region that all of it lies in
 * @throws AppError `not-found` where a device is gone or not seen, `bad-input` for a change of nothing
 */
export async function changeDevices(
  { inventory: { deviceBatches }, clock }: BatchParts,
  { deviceIds, change, site, accountId, sees, dryRun }: BatchOrder,
): Promise<BatchResult & { readonly regionCode: RegionCode | '' }> {
  const fields = BATCH_FIELDS.filter((field) => change[field] !== undefined);
  if (fields.length === 0) throw new AppError('bad-input', 'a change of many devices changes something');
  const credential = change.credentialId == null ? null : await deviceBatches.credentialName(change.credentialId);
  if (change.credentialId != null && credential === null)
    throw new AppError('bad-input', 'there is no such credential', {
      faults: [{ field: '/change/credentialId', reason: 'names nothing' }],
    });

  return await deviceBatches.alone(async (tx) => {
    const standing = await deviceBatches.standing(deviceIds, tx);
    if (standing.length < deviceIds.length || !standing.every(sees))
      throw new AppError('not-found', 'one of the devices is not there any more');
    const touched = standing.filter((device) => fields.some((field) => device[field] !== change[field]));
    const regions = [...touched.map((device) => device.regionCode), ...(site === null ? [] : [site.regionCode])];
    const regionCode = regions.length === 0 ? '' : regions.reduce(commonRegion);
    const changed = touched.map(
      (device): BatchedDevice => ({
        ...{ id: device.id, name: device.name, siteName: device.siteName },
        fields: fields
          .filter((field) => device[field] !== change[field])
          .map((field) => ({
            field,
            before: named(field, device),
            after:
              field === 'siteId' ? (site?.name ?? '') : field === 'credentialId' ? credential : (change[field] ?? null),
          })),
      }),
    );
    const unchanged = standing.length - touched.length;
    if (dryRun || touched.length === 0) return { id: null, changed, unchanged, undoUntil: null, regionCode };
    const at = clock();
    const values = valuesOf(fields, change);
    await deviceBatches.write(
      fields,
      touched.map(({ id }) => ({ id, values })),
      tx,
    );
    const devices = touched.map((device) => ({ id: device.id, before: valuesOf(fields, device) }));
    const id = await deviceBatches.keep({ accountId, at, regionCode, change, devices }, tx);
    return { id, changed, unchanged, undoUntil: at + UNDO_MS, regionCode };
  });
}

/**
 * Gives every device back what stood before, all of them or none.
 * @throws AppError `not-found` for a batch of others or none, `conflict` where it is too late or a device was changed since
 */
export async function undoBatch(
  { inventory: { deviceBatches }, clock }: BatchParts,
  batchId: string,
  accountId: string,
): Promise<{ readonly restored: number; readonly regionCode: RegionCode | '' }> {
  return await deviceBatches.alone(async (tx) => {
    const batch = await deviceBatches.get(batchId, tx);
    if (batch === null || batch.accountId !== accountId)
      throw new AppError('not-found', 'there is no such change of yours');
    if (batch.isUndone) throw new AppError('conflict', 'it was taken back already');
    if (clock() - batch.at > UNDO_MS) throw new AppError('conflict', 'it may be taken back for ten minutes only');
    const fields = BATCH_FIELDS.filter((field) => batch.change[field] !== undefined);
    const ids = batch.devices.map(({ id }) => id);
    const standing = await deviceBatches.standing(ids, tx);
    const isAsLeft = standing.every((device) => fields.every((field) => device[field] === batch.change[field]));
    if (standing.length < ids.length || !isAsLeft)
      throw new AppError('conflict', 'one of the devices was changed since: nothing was taken back');
    await deviceBatches.write(
      fields,
      batch.devices.map(({ id, before }) => ({ id, values: before })),
      tx,
    );
    await deviceBatches.markUndone(batch.id, clock(), tx);
    return { restored: ids.length, regionCode: batch.regionCode };
  });
}

const named = (field: (typeof BATCH_FIELDS)[number], device: StandingDevice) =>
  field === 'siteId' ? device.siteName : field === 'credentialId' ? device.credentialName : device[field];

const valuesOf = (fields: readonly (typeof BATCH_FIELDS)[number][], of: BatchValues): BatchValues =>
  Object.fromEntries(fields.map((field) => [field, of[field] ?? null]));
