import { Link } from '@tanstack/react-router';
import { EDITORS } from '../../core/contract/contract.ts';
import type { Account } from '../../core/contract/session.ts';
import { useTexts } from '../i18n/texts.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { maySeeCosts } from './account.ts';
import { Icon } from './icons.tsx';

/** Left on a desk, below on a phone: at most five. */
export function Rail({ account }: { readonly account: Account }) {
  const { t } = useTexts();
  const mayEdit = EDITORS.some((role) => role === account.role);
  return (
    <nav className="rail" aria-label={t.nav.label}>
      <Link to="/" className="rail-item" activeOptions={{ exact: true, includeSearch: false }}>
        <Icon name="map" />
        {t.nav.map}
      </Link>
      <Link to="/regencies" className="rail-item">
        <Icon name="regencies" />
        {t.nav.regencies}
      </Link>
      <Link to="/outages" className="rail-item">
        <Icon name="outages" />
        {t.nav.outages}
      </Link>
      <Link to="/devices" className="rail-item">
        <Icon name="devices" />
        {t.nav.devices}
      </Link>
      <Link to="/portal" className="rail-item wide-only">
        <Icon name="portal" />
        {t.nav.portal}
      </Link>
      {maySeeCosts(account) && (
        <Link to="/statements" className="rail-item wide-only">
          <Icon name="statements" />
          {t.nav.statements}
        </Link>
      )}
      {mayEdit && (
        <Link to="/system" className="rail-item wide-only">
          <Icon name="system" />
          {t.nav.system}
        </Link>
      )}
      <AccountMenu account={account} mayEdit={mayEdit} />
    </nav>
  );
}
