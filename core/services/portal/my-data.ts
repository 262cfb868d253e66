import type { DataRequest } from '../../contract/portal/terms.ts';
import type { ConsentRecord } from '../../stores/inventory/portal/consents.ts';
import type { OwnSession } from '../../stores/inventory/portal/people.ts';
import type { PortalParts } from './portal-parts.ts';

type Parts = Pick<PortalParts, 'inventory' | 'clock'>;

/** What is kept of a person, as far as a number leads to it; nobody but its holder sees it. */
export type OwnData = {
  /** Newest first; `total` where there are more than are shown. */
  readonly sessions: readonly OwnSession[];
  readonly totalSessions: number;
  readonly consents: readonly ConsentRecord[];
  readonly requests: readonly DataRequest[];
  /** A request to erase is waiting. */
  readonly erasing: DataRequest | null;
};

const MOST = { sessions: 30, consents: 10, requests: 10 };

/**
 * Everything at once: the right of access is answered on the spot, and that it was is kept (UU 27/2022, article 32).
 * @param isFirst whether the person has just come in; looking again after a button is no new request
 */
export async function ownData({ inventory, clock }: Parts, phoneHash: string, isFirst: boolean): Promise<OwnData> {
  const { people, consents, dataRequests } = inventory.portal;
  if (isFirst) {
    const at = clock();
    const { id } = await dataRequests.ask(phoneHash, 'access', at);
    await dataRequests.done(id, null, 'shown', at);
  }
  const [sessions, given, requests] = await Promise.all([
    people.sessions(phoneHash, MOST.sessions),
    consents.ofPhone(phoneHash, MOST.consents),
    dataRequests.ofPhone(phoneHash, MOST.requests),
  ]);
  return {
    sessions: sessions.items,
    totalSessions: sessions.total,
    consents: given,
    requests,
    erasing: requests.find(({ kind, doneAt }) => kind === 'erase' && doneAt === null) ?? null,
  };
}

/** Withdraws at once and keeps that it was asked for. @param what the news alone, or the consent as a whole */
export async function withdrawConsent(
  { inventory, clock }: Parts,
  phoneHash: string,
  what: 'news' | 'service',
): Promise<void> {
  const { people, dataRequests } = inventory.portal;
  const at = clock();
  const { id } = await dataRequests.ask(phoneHash, 'withdraw', at);
  await inventory.sql.transaction(async (tx) => {
    if (what === 'news') await people.withdrawNews(phoneHash, tx);
    else await people.withdraw(phoneHash, at, tx);
    await dataRequests.done(id, null, what, at, tx);
  });
}

/** Puts a request to erase into the queue of the staff, who have three times 24 hours; then the clock does it. */
export const askToErase = ({ inventory, clock }: Parts, phoneHash: string): Promise<DataRequest> =>
  inventory.portal.dataRequests.ask(phoneHash, 'erase', clock());
