import { AppError } from '../../domain/errors.ts';
import { addPhoto, type PhotoParts } from '../photos/add-photo.ts';
import { ESCALATION_HOLD_MS, holdsEscalation } from './answer-officer.ts';
import { type OfficerParts, officerIncident } from './officer-incident.ts';
import type { OfficerGrant } from './officer-link.ts';

export type SendPhotoParts = PhotoParts & { readonly inventory: PhotoParts['inventory'] & OfficerParts['inventory'] };

/**
 * An officer's photograph of the place.
 * @throws AppError as `addPhoto` does, and `conflict` where the incident is over
 */
export async function sendPhoto(parts: SendPhotoParts, grant: OfficerGrant, bytes: Uint8Array): Promise<void> {
  const seen = await officerIncident(parts, grant);
  if (seen.isOver) throw new AppError('conflict', 'the hotspot is back already');
  const until = parts.clock() + ESCALATION_HOLD_MS;
  await addPhoto(parts, seen.incident, {
    from: { village: seen.village },
    bytes,
    also: async (tx) => {
      if (holdsEscalation(seen)) await parts.inventory.incidents.hold(seen.incident.id, until, tx);
    },
  });
}
