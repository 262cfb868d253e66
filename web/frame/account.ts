import { useQuery } from '@tanstack/react-query';
import type { Account } from '../../core/contract/session.ts';
import { sessionQuery } from '../api/queries.ts';

/** Who is signed in; null until that is known. */
export function useAccount(): Account | null {
  return useQuery(sessionQuery).data?.account ?? null;
}
