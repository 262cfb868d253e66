import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { sessionQuery, summaryQuery } from '../api/queries.ts';
import { Failure, Skeleton } from '../components/Screen.tsx';
import { SavedBar } from '../components/saved/SavedBar.tsx';
import { Tip } from '../components/Tip.tsx';
import { useTexts } from '../i18n/texts.tsx';
import { isOfficersOwn, OfficerApp } from '../pages/officer/OfficerApp.tsx';
import { useAccount } from './account.ts';
import { LineBanner } from './LineBanner.tsx';
import { LineProvider } from './line.tsx';
import { Rail } from './Rail.tsx';
import { TopBar } from './TopBar.tsx';
import './frame.css';

/** Tells the texts which province this is, for its zone. */
function HomeZone() {
  const { setHome } = useTexts();
  const account = useAccount();
  const isAgency = account?.role === 'agency';
  const summary = useQuery({ ...summaryQuery(), enabled: !isAgency }).data;
  const code = isAgency ? account.regionCode : summary?.region.code;
  useEffect(() => {
    if (code !== undefined) setHome(code);
  }, [code, setHome]);
  return null;
}

function Waiting() {
  return (
    <div className="page">
      <Skeleton />
    </div>
  );
}

/** Whose screen this is: an agency has no region to choose, and nothing to search but itself. */
const AgencyBar = ({ name }: { readonly name: string }) => (
  <header className="bar">
    <span className="secondary ellipsis">{name}</span>
  </header>
);

/** Rail, bar and content: there at once, whatever the content is waiting for. */
export function Frame() {
  const { t } = useTexts();
  const session = useQuery(sessionQuery);
  const { pathname, href } = useLocation();
  const account = session.data?.account;

  if (pathname === '/sign-in' || pathname === '/new-password' || pathname.startsWith('/wall/')) {
    return (
      <>
        <Suspense>
          <Outlet />
        </Suspense>
        <Tip />
      </>
    );
  }
  if (account === null) return <Navigate to="/sign-in" search={href === '/' ? {} : { to: href }} replace />;
  if (account === undefined) {
    return (
      <div className="frame">
        <div className="rail" />
        <div className="bar" />
        <main className="content" id="content">
          {session.isError ? (
            <div className="page">
              <Failure error={session.error} what={t.app.name} onRetry={() => void session.refetch()} />
            </div>
          ) : (
            <Waiting />
          )}
        </main>
      </div>
    );
  }
  if (isOfficersOwn(account, pathname)) return <OfficerApp />;
  return (
    <LineProvider>
      <HomeZone />
      <div className="frame">
        <a className="skip" href="#content">
          {t.nav.skip}
        </a>
        <Rail account={account} />
        {account.role === 'agency' ? <AgencyBar name={account.displayName} /> : <TopBar />}
        <main className="content" id="content" tabIndex={-1}>
          <LineBanner />
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <SavedBar />
      <Tip />
    </LineProvider>
  );
}
