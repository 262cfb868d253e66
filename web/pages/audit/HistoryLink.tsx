import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lastChangeQuery } from '../../api/audit.ts';
import { useNow } from '../../components/now.ts';
import { useAccount } from '../../frame/account.ts';
import { useTexts } from '../../i18n/texts.tsx';

/** Who changed a thing last, and from there what was ever changed of it; for administrators, who alone may read it. */
export function HistoryLink({ id }: { readonly id: string }) {
  const { t, f } = useTexts();
  const isAdmin = useAccount()?.role === 'admin';
  const now = useNow();
  const last = useQuery({ ...lastChangeQuery(id), enabled: isAdmin }).data;
  if (!isAdmin) return null;
  return (
    <Link to="/audit" search={{ target: id }} className="button">
      {t.nav.audit}
      {last != null && (
        <span className="secondary small ellipsis" data-tip={f.exact(last.at)}>
          {last.actor.name} · {f.ago(last.at, now)}
        </span>
      )}
    </Link>
  );
}
