import { useQuery } from '@tanstack/react-query';
import type { Account } from '../../core/contract/session.ts';
import { sessionQuery } from '../api/queries.ts';

/** Who is signed in; null until that is known. */
export function useAccount(): Account | null {
  return useQuery(sessionQuery).data?.account ?? null;
}

/** What links cost is not for officers of villages: the server refuses it, and the way there is not shown. */
export const maySeeCosts = ({ role }: Pick<Account, 'role'>): boolean => role !== 'officer';
