import { useEffect } from 'react';
import type { Account } from '../../../core/contract/session.ts';
import { Skeleton } from '../../components/Screen.tsx';

const APP = '/desa';

/**
 * The officer of a village has an app of their own (`api/officer/app`), and no other screen but the portal of a site,
 * to which older links lead.
 */
export const isOfficersOwn = ({ role }: Pick<Account, 'role'>, pathname: string): boolean =>
  role === 'officer' && !pathname.startsWith('/portal/sites/');

/** Leads there; Back does not lead here again. */
export function OfficerApp() {
  useEffect(() => {
    location.replace(APP);
  }, []);
  return (
    <main className="page">
      <Skeleton />
    </main>
  );
}
