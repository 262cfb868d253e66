import { Navigate, useSearch } from '@tanstack/react-router';
import { lazy } from 'react';
import { mayEditInventory, useAccount } from '../../frame/account.ts';

const NowPage = lazy(async () => ({ default: (await import('./NowPage.tsx')).NowPage }));

/**
 * The first screen: what is broken, for those who mend it; an agency's own; where the programme stands, for those who plan it; the map for
 * all others, and for old addresses of it.
 */
export function HomePage() {
  const { measure, village, site, region } = useSearch({ from: '/' });
  const account = useAccount();
  if (account === null) return null;
  if (account.role === 'agency') return <Navigate to="/agency" replace />;
  const mends = mayEditInventory(account);
  if (mends && measure === undefined && village === undefined && site === undefined) return <NowPage />;
  const plans = account.role === 'planner' || account.role === 'viewer';
  if (plans && measure === undefined && village === undefined && site === undefined)
    return <Navigate to="/coverage" search={{ region }} replace />;
  return <Navigate to="/map" search={{ measure, village, site, region }} replace />;
}
