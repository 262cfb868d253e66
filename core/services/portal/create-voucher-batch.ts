import { randomInt } from 'node:crypto';
import type { NewVoucherBatch, VoucherBatch } from '../../contract/portal/voucher.ts';
import { AppError } from '../../domain/errors.ts';
import { newVoucherCode } from '../../domain/portal/voucher-code.ts';
import type { PortalParts } from './portal-parts.ts';

export type IssuedBatch = {
  readonly batch: VoucherBatch;
  /** By serial, from 1; nobody can read them again. */
  readonly codes: string[];
};

/** Nine hundred million codes: that two batches of the largest size meet is rare, that it happens thrice never. */
const TRIES = 5;

/**
 * Makes vouchers. Their codes leave here and only once; the store has their keyed hashes.
 * @throws AppError `bad-input`, or `conflict` for a site or plan that does not exist
 */
export async function createVoucherBatch(
  { inventory, keys, clock }: Pick<PortalParts, 'inventory' | 'keys' | 'clock'>,
  asked: NewVoucherBatch,
  accountId: string | null,
): Promise<IssuedBatch> {
  if ((asked.siteId === null) === (asked.regionCode === null))
    throw fault('/siteId', 'a voucher is valid at one site or in one region');
  if (asked.validUntil <= clock()) throw fault('/validUntil', 'it has passed already');
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const codes = freshCodes(asked.count);
    const hashes = codes.map((code) => keys.hash('voucher', code));
    const batch = await inventory.portal.vouchers.create(asked, hashes, accountId, clock());
    if (batch !== null) return { batch, codes };
  }
  throw new AppError('conflict', 'no new codes were found');
}

function freshCodes(count: number): string[] {
  const codes = new Set<string>();
  while (codes.size < count) codes.add(newVoucherCode(randomInt));
  return [...codes];
}

const fault = (field: string, reason: string): AppError =>
  new AppError('bad-input', 'the batch of vouchers is not right', { faults: [{ field, reason }] });
