import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { CoverageRow, Summary } from '../../../core/contract/coverage.ts';
import { coverageQuery, incidentsQuery, mapQuery, summaryQuery } from '../../api/queries.ts';
import { useNow } from '../../components/now.ts';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { shortName } from '../../map/labels.ts';
import { useScene } from '../../map/use-scene.ts';
import { PlainMap } from '../wall/PlainMap.tsx';
import { useWallTexts } from '../wall/texts.ts';
import './brief.css';

const WORST = 3;

/** The province in one screen of a phone: a sentence, a map, five figures, what is worst. */
export function BriefPage() {
  const { w } = useWallTexts();
  const summary = useQuery(summaryQuery());
  const coverage = useQuery(coverageQuery());
  return (
    <div className="page brief">
      <Answer query={summary} what={w.brief.title} waiting={<Skeleton rows={10} />}>
        {(data) => <Brief summary={data} rows={coverage.data?.rows ?? []} />}
      </Answer>
    </div>
  );
}

const badOf = ({ villages }: CoverageRow): number => villages.down + villages.partial + villages.unknown;

function Brief({ summary, rows }: { readonly summary: Summary; readonly rows: readonly CoverageRow[] }) {
  const { f, w } = useWallTexts();
  const words = w.brief;
  const now = useNow();
  const incidents = useQuery(incidentsQuery({ open: true, pageSize: 1 })).data?.total;
  const { villages, villagesInProgramme, villageCount, hotspots, clients } = summary;
  const programme = f.number(villagesInProgramme);
  const worst = rows
    .filter((row) => badOf(row) > 0)
    .sort((a, b) => badOf(b) / b.villagesInProgramme - badOf(a) / a.villagesInProgramme || badOf(b) - badOf(a))
    .slice(0, WORST);
  const points = hotspots.up + hotspots.degraded + hotspots.down + hotspots.unknown;
  const agencies = rows.map((row) => row.agencies);
  const alive = agencies.reduce((sum, { up }) => sum + up, 0);
  const connected = agencies.reduce((sum, { up, degraded, down, unknown }) => sum + up + degraded + down + unknown, 0);
  return (
    <>
      <header>
        <h1>{summary.region.name}</h1>
        <p className="brief-sentence">
          {villagesInProgramme === 0
            ? words.nothing
            : villages.normal === villagesInProgramme
              ? words.allWell(programme)
              : words.well(f.number(villages.normal), programme)}
        </p>
        <p className="secondary small">{words.asOf(f.ago(summary.asOf, now))}</p>
      </header>
      <div className="brief-map">{rows.length > 0 && <BriefMap region={summary.region.code} rows={rows} />}</div>
      <dl className="brief-figures">
        <Figure name={words.normal} value={f.number(villages.normal)} of={words.of(programme)} />
        <Figure
          name={words.programme}
          value={programme}
          of={villageCount === null ? '' : words.of(f.number(villageCount))}
        />
        <Figure name={words.hotspots} value={f.number(hotspots.up)} of={words.of(f.number(points))} />
        <Figure name={words.agencies} value={f.number(alive)} of={words.of(f.number(connected))} />
        <Figure
          name={words.online}
          value={clients === null ? '–' : f.number(clients)}
          of={words.atHotspots(f.number(hotspots.up))}
        />
        <div className="brief-figure">
          <dt className="secondary small">{words.incidents}</dt>
          <dd>
            <Link to="/outages">
              <StateMark mark={incidents === 0 ? 'up' : 'down'} />{' '}
              <strong>{incidents === undefined ? '–' : f.number(incidents)}</strong>
            </Link>
          </dd>
        </div>
      </dl>
      <section>
        <h2>{words.worst}</h2>
        {worst.length === 0 ? (
          <p className="secondary">{words.noWorst}</p>
        ) : (
          <ul className="brief-worst">
            {worst.map((row) => (
              <li key={row.code}>
                <Link to="/regencies" search={{ region: row.code }} className="ellipsis">
                  {shortName(row.name)}
                </Link>
                <span className="secondary small">
                  {words.worstOf(f.number(badOf(row)), f.number(row.villagesInProgramme))}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Figure({ name, value, of }: { readonly name: string; readonly value: string; readonly of: string }) {
  return (
    <div className="brief-figure">
      <dt className="secondary small">{name}</dt>
      <dd>
        <strong>{value}</strong> <span className="secondary small">{of}</span>
      </dd>
    </div>
  );
}

function BriefMap({ region, rows }: { readonly region: string; readonly rows: readonly CoverageRow[] }) {
  const { w } = useWallTexts();
  const { scene } = useScene(region, rows);
  const points = useQuery(mapQuery()).data?.villages;
  const counts = useMemo(() => new Map(rows.map(({ code, villages }) => [code, villages])), [rows]);
  const countsOf = useMemo(() => (code: string) => counts.get(code), [counts]);
  if (scene === null) return <Skeleton height={150} />;
  return <PlainMap label={w.brief.map} scene={scene} points={points ?? []} countsOf={countsOf} markPx={5} />;
}
