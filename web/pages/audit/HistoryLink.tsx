import { Link } from '@tanstack/react-router';
import { useAccount } from '../../frame/account.ts';
import { useTexts } from '../../i18n/texts.tsx';

/** From a thing to what was ever changed of it; for administrators, who alone may read it. */
export function HistoryLink({ id }: { readonly id: string }) {
  const { t } = useTexts();
  if (useAccount()?.role !== 'admin') return null;
  return (
    <Link to="/audit" search={{ target: id }} className="button">
      {t.nav.audit}
    </Link>
  );
}
