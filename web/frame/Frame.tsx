import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { sessionQuery, summaryQuery } from '../api/queries.ts';
import { Failure, Skeleton } from '../components/Screen.tsx';
import { Tip } from '../components/Tip.tsx';
import { useTexts } from '../i18n/texts.tsx';
import { LineBanner } from './LineBanner.tsx';
import { LineProvider } from './line.tsx';
import { Rail } from './Rail.tsx';
import { TopBar } from './TopBar.tsx';
import './frame.css';

/** Tells the texts which province this is, for its zone. */
function HomeZone() {
  const { setHome } = useTexts();
  const code = useQuery(summaryQuery()).data?.region.code;
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

/** Rail, bar and content: there at once, whatever the content is waiting for. */
export function Frame() {
  const { t } = useTexts();
  const session = useQuery(sessionQuery);
  const { pathname, href } = useLocation();
  const account = session.data?.account;

  if (pathname === '/sign-in') {
    return (
      <>
        <Outlet />
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
  return (
    <LineProvider>
      <HomeZone />
      <div className="frame">
        <a className="skip" href="#content">
          {t.nav.skip}
        </a>
        <Rail account={account} />
        <TopBar />
        <main className="content" id="content" tabIndex={-1}>
          <LineBanner />
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Tip />
    </LineProvider>
  );
}
