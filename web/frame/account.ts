import { useQuery } from '@tanstack/react-query';
import { ACCOUNTANTS, EDITORS, SPEAKERS } from '../../core/contract/contract.ts';
import type { Account } from '../../core/contract/session.ts';
import { sessionQuery } from '../api/queries.ts';

/** Who is signed in; null until that is known. */
export function useAccount(): Account | null {
  return useQuery(sessionQuery).data?.account ?? null;
}

/** Who changes the inventory and works on its incidents; nobody where nobody is known. */
export const mayEditInventory = (account: Pick<Account, 'role'> | null | undefined): boolean =>
  EDITORS.some((role) => role === account?.role);

/** What links cost is for few: the server refuses it to others, and the way there is not shown. */
export const maySeeCosts = ({ role }: Pick<Account, 'role'>): boolean => ACCOUNTANTS.some((one) => one === role);

/** Whether who looks may write into an incident and send photographs of it. */
export function useMaySpeak(): boolean {
  const role = useAccount()?.role;
  return SPEAKERS.some((one) => one === role);
}
