import type { Bus } from '../../bus/bus.ts';
import type { Incident } from '../../contract/incidents.ts';
import { type Clock, DAY } from '../../domain/clock.ts';
import { AppError } from '../../domain/errors.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import type { Sql } from '../../stores/inventory/sql.ts';
import type { PhotoEncoder } from './encode-photo.ts';

export type PhotoParts = {
  readonly inventory: Pick<Inventory, 'incidents' | 'photos' | 'sql'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly encodePhoto: PhotoEncoder;
};

export type PhotoSender =
  | { readonly village: { readonly code: string; readonly name: string } }
  | { readonly accountId: string };

/** The statement of the same month of last year may still be argued about; nobody's face is kept for longer. */
export const PHOTO_KEPT_MS = 400 * DAY;
/** Of one village in one incident, and of all who work on it. */
const MOST_OF_VILLAGE = 6;
const MOST_OF_INCIDENT = 60;

/**
 * Puts a photograph into an incident. The same one again is kept once.
 * @param also what is written down in the same transaction where the photograph is new
 * @returns its id
 * @throws AppError as `photoEncoder` does, `conflict` where there are as many as it takes
 */
export async function addPhoto(
  parts: PhotoParts,
  { id, regionCode }: Pick<Incident, 'id' | 'regionCode'>,
  {
    from,
    bytes,
    also,
  }: { readonly from: PhotoSender; readonly bytes: Uint8Array; readonly also?: (tx: Sql) => Promise<void> },
): Promise<string> {
  const { photos, incidents, sql } = parts.inventory;
  const ofVillage = 'village' in from ? from.village : null;
  const counted = await photos.count(id, ofVillage?.code ?? null);
  if (counted.all >= MOST_OF_INCIDENT || counted.ofVillage >= MOST_OF_VILLAGE)
    throw new AppError('conflict', 'the incident has as many photographs as it takes');
  const photo = await parts.encodePhoto(bytes);
  const at = parts.clock();
  const added = await sql.transaction(async (tx) => {
    const sender = 'village' in from ? { villageCode: from.village.code } : from;
    const times = { at, expiresAt: at + PHOTO_KEPT_MS };
    const stored = await photos.add({ ...photo, ...times, incidentId: id, from: sender }, tx);
    if (!stored.isNew) return stored;
    const data =
      ofVillage === null
        ? { photoId: stored.id }
        : { photoId: stored.id, villageCode: ofVillage.code, village: ofVillage.name };
    const accountId = 'accountId' in from ? from.accountId : null;
    await incidents.append([{ incidentId: id, at, kind: 'photo-added', accountId, data }], tx);
    await also?.(tx);
    return stored;
  });
  if (added.isNew) parts.bus.publish({ type: 'incident-changed', incidentId: id, regionCode, at });
  return added.id;
}
