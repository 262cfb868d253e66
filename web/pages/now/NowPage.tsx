import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import type { Now } from '../../../core/contract/now.ts';
import { nowQuery } from '../../api/lists.ts';
import { Ago } from '../../components/Moments.tsx';
import { AttentionLine } from '../../components/reports/AttentionLine.tsx';
import { Answer, Empty, PageHead, Skeleton } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { Feed } from './Feed.tsx';
import { IncidentRows } from './IncidentRows.tsx';
import { useNowTexts } from './texts.ts';
import './now.css';

const loadMap = () => import('./NowMap.tsx');
const NowMap = lazy(async () => ({ default: (await loadMap()).NowMap }));

/** What is broken, by kind of device; each number opens its list. */
function Broken({ broken, region }: { readonly broken: Now['broken']; readonly region: string | undefined }) {
  const { t, f, n } = useNowTexts();
  const kinds: Readonly<Record<string, string>> = t.deviceKind;
  if (broken.length === 0) return null;
  return (
    <ul className="now-broken" aria-label={n.broken}>
      {broken.flatMap(({ kind, down, degraded, total }) =>
        (['down', 'degraded'] as const).map((state) => {
          const count = { down, degraded }[state];
          if (count === 0) return null;
          const name = kinds[kind] ?? kind;
          return (
            <li key={`${kind} ${state}`}>
              <Link
                to="/devices"
                search={{ region, kind, state }}
                className="now-count"
                aria-label={`${f.number(count)} ${name} ${n.of(f.number(total))}, ${t.state[state]}`}
              >
                <StateMark mark={state} />
                <strong>{f.number(count)}</strong> {name} <span className="muted">{n.of(f.number(total))}</span>
              </Link>
            </li>
          );
        }),
      )}
    </ul>
  );
}

function Calm({ now, region }: { readonly now: Now; readonly region: string | undefined }) {
  const { f, n } = useNowTexts();
  const { total, up } = now.sites;
  return (
    <Empty
      title={total > 0 && up === total ? n.allNormal(f.number(total)) : n.noIncident}
      action={
        <Link to="/outages" search={{ region, status: 'closed' }} className="button">
          {n.seeHistory}
        </Link>
      }
    >
      {up < total && `${n.notAllUp(f.number(up), f.number(total))} `}
      {now.lastEndedAt === null ? (
        n.never
      ) : (
        <>
          {n.lastEnded} <Ago at={now.lastEndedAt} />.
        </>
      )}
    </Empty>
  );
}

function Context({ now }: { readonly now: Now }) {
  const { f, n } = useNowTexts();
  if (now.incidentCount === 0) return now.region.name ?? '\u00a0';
  const people = now.incidents.reduce((sum, { effect }) => sum + effect.population, 0);
  return [
    n.open(f.number(now.incidentCount)),
    now.waiting === 0 ? n.allTaken : n.waiting(f.number(now.waiting)),
    ...(people > 0 ? [n.people(f.number(people))] : []),
  ].join(' · ');
}

/** What is broken now: by how many are cut off, where it is, who is on it, and what changed within the hour. */
export function NowPage() {
  const { t, f, n } = useNowTexts();
  const { region } = useSearch({ strict: false });
  const query = useQuery(nowQuery(region));
  // Comes while the figures are on their way; what fails here is told where the map stands.
  useEffect(() => void loadMap().catch(() => {}), []);
  const more = query.data === undefined ? 0 : query.data.incidentCount - query.data.incidents.length;
  return (
    <div className="page now-page">
      <PageHead
        title={n.title}
        context={query.data === undefined ? '\u00a0' : <Context now={query.data} />}
        actions={
          <Link to="/outages" search={{ region }} className="button">
            {t.nav.outages}
          </Link>
        }
      />
      <Answer query={query} what={n.title} waiting={<Skeleton rows={6} />}>
        {(now) => (
          <>
            <Broken broken={now.broken} region={region} />
            <AttentionLine region={region} />
            <div className="now-columns">
              <section aria-label={n.incidents}>
                {now.incidents.length === 0 ? (
                  <Calm now={now} region={region} />
                ) : (
                  <IncidentRows incidents={now.incidents} />
                )}
                {more > 0 && (
                  <Link to="/outages" search={{ region }} className="now-more">
                    {n.more(f.number(more))}
                  </Link>
                )}
              </section>
              <aside className="now-side">
                <Suspense fallback={<Skeleton height={300} />}>
                  <NowMap />
                </Suspense>
                <Feed now={now} />
              </aside>
            </div>
          </>
        )}
      </Answer>
    </div>
  );
}
