import type { Consent } from '../../contract/portal/terms.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import type { ConsentRecord, NewConsent } from '../../stores/inventory/portal/consents.ts';
import { termsSha256 } from '../../stores/inventory/portal/terms.ts';
import type { PortalParts } from './portal-parts.ts';

/**
 * Keeps that somebody agreed to a version of the terms, by the hash of the exact text in the language they read it in.
 * @param given `news`: whether the box of its own was ticked
 * @returns its id, for the login that it leads to
 * @throws AppError `not-found` for a version that does not exist
 */
export const recordConsent = (
  { inventory, clock }: Pick<PortalParts, 'inventory' | 'clock'>,
  given: Omit<NewConsent, 'at' | 'service' | 'phoneHash'> & { readonly phoneHash?: string | null },
): Promise<string> =>
  inventory.portal.consents.add({ ...given, phoneHash: given.phoneHash ?? null, service: true, at: clock() });

export type ConsentProof = {
  readonly consent: ConsentRecord;
  /** The very text that was agreed to, found by its hash; null where it is not there or was changed. */
  readonly text: string | null;
};

/** What shows that somebody agreed, and to what (UU 27/2022, article 24). @returns null for a consent that is not kept */
export async function consentProof(
  { portal }: Pick<Inventory, 'portal'>,
  id: Consent['id'],
): Promise<ConsentProof | null> {
  const consent = await portal.consents.get(id);
  if (consent === null) return null;
  const text = await portal.terms.textOf(consent.sha256);
  return { consent, text: text !== null && termsSha256(text) === consent.sha256 ? text : null };
}
