import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { EDITORS } from '../../../core/contract/contract.ts';
import { PageHead } from '../../components/Screen.tsx';
import { useAccount } from '../../frame/account.ts';
import { usePortalTexts } from './texts.ts';
import '../../components/form/form.css';
import '../../components/table.css';
import './portal.css';

const TABS = [
  { id: 'overview', to: '/portal', who: 'all' },
  { id: 'sessions', to: '/portal/sessions', who: 'editors' },
  { id: 'sites', to: '/portal/sites', who: 'all' },
  { id: 'gateways', to: '/portal/gateways', who: 'editors' },
  { id: 'plans', to: '/portal/plans', who: 'all' },
  { id: 'vouchers', to: '/portal/vouchers', who: 'editors' },
  { id: 'terms', to: '/portal/terms', who: 'all' },
  { id: 'requests', to: '/portal/requests', who: 'admin' },
] as const;

/** Which of the portal's screens there are for whoever is signed in; the server refuses the others. */
function Tabs() {
  const { p } = usePortalTexts();
  const role = useAccount()?.role;
  const isEditor = EDITORS.some((editor) => editor === role);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const [row, chosen] = [nav.current, nav.current?.querySelector<HTMLElement>('.active')];
    if (row !== null && chosen) row.scrollLeft = chosen.offsetLeft - row.offsetLeft - row.clientWidth / 3;
  }, []);
  return (
    <nav ref={nav} className="portal-tabs" aria-label={p.tabs}>
      {TABS.filter(({ who }) => who === 'all' || (who === 'editors' ? isEditor : role === 'admin')).map(
        ({ id, to }) => (
          <Link key={id} to={to} activeOptions={{ exact: to === '/portal', includeSearch: false }}>
            {p.tab[id]}
          </Link>
        ),
      )}
    </nav>
  );
}

/** Title, the way to the other parts of the portal, and one of them. */
export function PortalPage(props: {
  readonly title?: ReactNode;
  readonly context: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { p } = usePortalTexts();
  return (
    <div className="page">
      <PageHead title={props.title ?? p.title} context={props.context} actions={props.actions} />
      <Tabs />
      {props.children}
    </div>
  );
}
