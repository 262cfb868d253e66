import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import type { Clock } from '../../core/domain/clock.ts';
import { officerLink } from '../../core/services/officer/officer-link.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { NOON, PUBLIC_URL } from './api.ts';
import { TEST_SECRET_KEY } from './inventory.ts';

/** The token of a link that the test API made at some moment. */
export function tokenFor(incidentId: string, villageCode: string, clock: Clock = () => NOON): string {
  const links = officerLink({ secretKey: TEST_SECRET_KEY, publicUrl: PUBLIC_URL, clock });
  return links.urlFor({ incidentId, villageCode })?.split('/').at(-1) ?? '';
}

/** A photograph like no other, of few bytes. */
export const smallPhoto = (): Promise<Buffer> =>
  sharp(randomBytes(48 * 36 * 3), { raw: { width: 48, height: 36, channels: 3 } })
    .png()
    .toBuffer();

/** One that an officer of the village sent, as it lies in the store. */
export const photoOf = (inventory: Inventory, incidentId: string, villageCode = '16.03.11.2009', at = NOON) =>
  inventory.photos.add({
    incidentId,
    from: { villageCode },
    at,
    expiresAt: at + 400 * 86_400_000,
    width: 48,
    height: 36,
    contentType: 'image/webp',
    bytes: randomBytes(64),
  });

/** Every device that was ever asked answers again; those that never were stand aside. */
export async function mendAll({ sql }: Inventory): Promise<void> {
  await sql.run("UPDATE device_status SET state = 'up'");
  await sql.run('UPDATE device SET enabled = false WHERE id NOT IN (SELECT device_id FROM device_status)');
}
