import { randomBytes, randomUUID } from 'node:crypto';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { NOON } from './api.ts';

const VILLAGE = '16.03.11.2009';

/** A report with a photograph that the officer of a village sent, as it lies in the store. @returns its id */
export async function storedReport({ accounts, officerReports }: Inventory, villageCode = VILLAGE): Promise<string> {
  const name = `officer-${randomUUID().slice(0, 8)}`;
  const { id: accountId } = await accounts.create({
    ...{ name, displayName: 'Petugas', role: 'officer', regionCode: villageCode, passwordHash: '-' },
  });
  const id = randomUUID();
  const photo = { contentType: 'image/webp', width: 48, height: 36, bytes: randomBytes(64) };
  await officerReports.add({
    ...{ id, villageCode, accountId, photo, siteId: null, kind: 'slow', noticedAt: NOON, at: NOON, incidentId: null },
  });
  return id;
}

/** A good call of each contract of `core/contract/site-reports.ts`, for the walk over all contracts. */
export const reportCalls = (inventory: Inventory) => ({
  listSiteReports: () => ({ query: { region: '16.03' } }),
  listVillageReports: () => ({ params: { code: VILLAGE }, outside: 404 }),
  getReportPhoto: async () => ({ params: { reportId: await storedReport(inventory) }, outside: 404 }),
  getReportPolicy: () => ({}),
  setReportPolicy: () => ({ payload: { people: 5, minutes: 30 }, outside: 403 }),
});
