import { Link } from '@tanstack/react-router';
import { mayEditInventory, useAccount } from '../frame/account.ts';
import { useTexts } from '../i18n/texts.tsx';

/** Leads an editor from a list to the form of something new; nothing for others. */
export function AddLink({ to }: { readonly to: '/sites/new' | '/devices/new' | '/links/new' }) {
  const { t } = useTexts();
  const account = useAccount();
  if (!mayEditInventory(account)) return null;
  return (
    <Link to={to} className="button">
      {t.action.add}
    </Link>
  );
}
