import type { DataRequest } from '../../contract/portal/terms.ts';
import { AppError } from '../../domain/errors.ts';
import type { PortalParts } from './portal-parts.ts';

type Parts = Pick<PortalParts, 'inventory' | 'clock'>;

/**
 * Does what an open request asks for and keeps who did it: erases, or withdraws; a request for access has been answered
 * on the page itself.
 * @param outcome in the words of whoever did it
 * @throws AppError `not-found`, or `conflict` where it was answered before
 */
export async function completeDataRequest(
  parts: Parts,
  id: string,
  accountId: string,
  outcome: string,
): Promise<DataRequest> {
  const { inventory, clock } = parts;
  const request = await inventory.portal.dataRequests.get(id);
  if (request?.kind === 'erase') await erasePerson(parts, id, accountId, outcome);
  else {
    await inventory.sql.transaction(async (tx) => {
      const { phoneHash, kind } = await inventory.portal.dataRequests.open(id, tx);
      if (kind === 'withdraw') await inventory.portal.people.withdraw(phoneHash, clock(), tx);
      await inventory.portal.dataRequests.done(id, accountId, outcome, clock(), tx);
    });
  }
  const done = await inventory.portal.dataRequests.get(id);
  if (done === null) throw new AppError('not-found', 'there is no such request');
  return done;
}

/**
 * Removes all that is kept of whoever asked. Of the request stays that there was one and when it was done.
 * @param accountId null: by the clock
 * @throws AppError `not-found`, or `conflict` where it was answered before
 */
export async function erasePerson(
  { inventory, clock }: Parts,
  id: string,
  accountId: string | null,
  outcome: string,
): Promise<void> {
  await inventory.sql.transaction(async (tx) => {
    const { phoneHash, kind } = await inventory.portal.dataRequests.open(id, tx);
    if (kind !== 'erase') throw new AppError('conflict', 'the request does not ask to erase');
    await inventory.portal.dataRequests.done(id, accountId, outcome, clock(), tx);
    await inventory.portal.people.erase(phoneHash, tx);
  });
}
