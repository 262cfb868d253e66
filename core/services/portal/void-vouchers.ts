import type { VoucherBatch } from '../../contract/portal/voucher.ts';
import type { PortalParts } from './portal-parts.ts';

/**
 * Makes a batch worthless, or some serials of it. Who is online with one stays until the session ends, and does not
 * come back without a page.
 * @param serials null = all of the batch
 * @throws AppError `not-found`
 */
export async function voidVouchers(
  { inventory, clock }: Pick<PortalParts, 'inventory' | 'clock'>,
  batchId: string,
  serials: readonly number[] | null,
  accountId: string,
): Promise<VoucherBatch> {
  const { vouchers, audit } = inventory.portal;
  const at = clock();
  const voided = await vouchers.voidOf(batchId, serials, at);
  await audit.add(
    { accountId, what: 'vouchers-voided', about: batchId, detail: { voided, whole: serials === null } },
    at,
  );
  return await vouchers.get(batchId);
}
