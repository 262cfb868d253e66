import { Link } from '@tanstack/react-router';
import { EDITORS } from '../../core/contract/contract.ts';
import type { Account } from '../../core/contract/session.ts';
import { useTexts } from '../i18n/texts.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { maySeeCosts } from './account.ts';
import { Icon } from './icons.tsx';

/** An agency has its own screen, and of the lists those that are narrowed to it. */
function AgencyRail({ account }: { readonly account: Account }) {
  const { t } = useTexts();
  return (
    <nav className="rail" aria-label={t.nav.label}>
      <Link to="/agency" className="rail-item">
        <Icon name="now" />
        {t.nav.agency}
      </Link>
      <Link to="/outages" className="rail-item">
        <Icon name="outages" />
        {t.nav.outages}
      </Link>
      <Link to="/devices" className="rail-item">
        <Icon name="devices" />
        {t.nav.devices}
      </Link>
      <AccountMenu account={account} mayEdit={false} />
    </nav>
  );
}

/** What the role may open and no more: the server refuses the rest. */
export const Rail = ({ account }: { readonly account: Account }) =>
  account.role === 'agency' ? <AgencyRail account={account} /> : <RegionRail account={account} />;

/** Left on a desk, below on a phone: at most five. */
function RegionRail({ account }: { readonly account: Account }) {
  const { t } = useTexts();
  const mayEdit = EDITORS.some((role) => role === account.role);
  const plans = account.role === 'planner' || account.role === 'viewer';
  return (
    <nav className="rail" aria-label={t.nav.label}>
      {mayEdit && (
        <Link to="/" className="rail-item" activeOptions={{ exact: true, includeSearch: false }}>
          <Icon name="now" />
          {t.nav.now}
        </Link>
      )}
      <Link to="/map" className="rail-item">
        <Icon name="map" />
        {t.nav.map}
      </Link>
      {plans ? (
        <Link to="/coverage" className="rail-item">
          <Icon name="regencies" />
          {t.nav.coverage}
        </Link>
      ) : (
        <Link to="/regencies" className={mayEdit ? 'rail-item wide-only' : 'rail-item'}>
          <Icon name="regencies" />
          {t.nav.regencies}
        </Link>
      )}
      <Link to="/outages" className="rail-item">
        <Icon name="outages" />
        {t.nav.outages}
      </Link>
      <Link to="/devices" className="rail-item">
        <Icon name="devices" />
        {t.nav.devices}
      </Link>
      <Link to="/topology" className="rail-item wide-only">
        <Icon name="topology" />
        {t.nav.topology}
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
