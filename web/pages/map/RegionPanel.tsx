import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CoverageRow, Summary } from '../../../core/contract/coverage.ts';
import type { RegionCode } from '../../../core/domain/region.ts';
import { coverageQuery, mapQuery, outagesQuery, summaryQuery } from '../../api/queries.ts';
import { type Fact, Facts, Figure } from '../../components/Facts.tsx';
import { Ago } from '../../components/Moments.tsx';
import { OutageRows } from '../../components/OutageRows.tsx';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useTexts } from '../../i18n/texts.tsx';

const SHOWN_OUTAGES = 8;
const WEIGHT = { down: 0, partial: 1, unknown: 2, normal: 3 } as const;

type Counts = Summary['hotspots'];
const total = ({ up, degraded, down, unknown }: Counts): number => up + degraded + down + unknown;

function OpenOutages({
  region,
  hotspots,
  lastEndedAt,
}: {
  readonly region?: RegionCode;
  readonly hotspots?: Counts;
  readonly lastEndedAt?: number | null;
}) {
  const { t, f } = useTexts();
  const query = useQuery(
    outagesQuery({ open: true, pageSize: SHOWN_OUTAGES, ...(region === undefined ? {} : { region }) }),
  );
  return (
    <section className="panel-section">
      <h2>{t.map.openOutages}</h2>
      <Answer query={query} what={t.outages.title} waiting={<Skeleton rows={4} />}>
        {(page) => (
          <>
            {page.total === 0 && (
              <p className="panel-calm">
                <StateMark mark="up" />
                <span>
                  {hotspots !== undefined && hotspots.up === total(hotspots) && hotspots.up > 0
                    ? t.map.allNormal(f.number(hotspots.up))
                    : t.outages.emptyOpen}{' '}
                  {lastEndedAt !== undefined && lastEndedAt !== null && (
                    <span className="muted">
                      {t.map.lastEnded} <Ago at={lastEndedAt} />
                    </span>
                  )}
                </span>
              </p>
            )}
            <OutageRows outages={page.items} />
            {page.total > page.items.length && (
              <Link to="/outages" search={region === undefined ? {} : { region }} className="panel-more">
                {t.map.more(f.number(page.total - page.items.length))}
              </Link>
            )}
          </>
        )}
      </Answer>
    </section>
  );
}

function NetworkFacts(props: {
  readonly hotspots: Counts;
  readonly rest: readonly Fact[];
  readonly region?: RegionCode;
}) {
  const { t, f } = useTexts();
  const { hotspots, region } = props;
  const points: Fact = {
    term: t.map.hotspots,
    value: (
      <Link to="/sites" search={{ kind: 'hotspot', region }} className="plain">
        <Figure value={f.number(hotspots.up)} unit={`/ ${f.number(total(hotspots))} ${t.state.normal}`} />
      </Link>
    ),
  };
  return <Facts isLarge facts={[points, ...props.rest]} />;
}

/** Nothing chosen: the province in one sentence, its figures, and what is broken. */
export function ProvincePanel() {
  const { t, f } = useTexts();
  const summary = useQuery(summaryQuery());
  const rows = useQuery(coverageQuery()).data?.rows ?? [];
  const agencies = rows.reduce((sum, row) => sum + row.agencies.up, 0);
  const agenciesAll = rows.reduce((sum, row) => sum + total(row.agencies) + row.agenciesPlanned, 0);
  const weighed = rows.filter(({ availability }) => availability !== null);
  const weight = weighed.reduce((sum, row) => sum + total(row.hotspots), 0);
  const availability =
    weight === 0 ? null : weighed.reduce((sum, row) => sum + (row.availability ?? 0) * total(row.hotspots), 0) / weight;
  return (
    <Answer query={summary} what={t.map.title} waiting={<Skeleton rows={6} />}>
      {(now) => (
        <>
          <header className="panel-head">
            <h2>{now.region.name}</h2>
            <p className="secondary">
              {now.villageCount === null
                ? t.map.sentenceNoTotal(f.number(now.villagesInProgramme))
                : t.map.sentence(
                    f.number(now.villagesInProgramme),
                    f.number(now.villageCount),
                    f.percent(now.villagesInProgramme / Math.max(1, now.villageCount)),
                  )}
              ; {t.map.bothUp(f.number(now.villages.normal))}.
            </p>
          </header>
          <NetworkFacts
            hotspots={now.hotspots}
            rest={[
              ...(availability === null
                ? []
                : [{ term: t.map.availability, value: <Figure value={f.percent(availability)} /> }]),
              ...(now.clients === null
                ? []
                : [{ term: t.map.online, value: <Figure value={f.number(now.clients)} unit={t.unit.people} /> }]),
              ...(agenciesAll === 0
                ? []
                : [
                    {
                      term: t.map.agencies,
                      value: (
                        <Link to="/sites" search={{ kind: 'agency' }} className="plain">
                          <Figure value={f.number(agencies)} unit={`/ ${f.number(agenciesAll)}`} />
                        </Link>
                      ),
                    },
                  ]),
            ]}
          />
          <OpenOutages hotspots={now.hotspots} lastEndedAt={now.lastOutageEndedAt} />
          <p className="panel-foot">
            <Link to="/regencies">{t.map.openTable}</Link>
          </p>
        </>
      )}
    </Answer>
  );
}

function Villages({ region }: { readonly region: RegionCode }) {
  const { t } = useTexts();
  const points = useQuery(mapQuery());
  return (
    <section className="panel-section">
      <h2>{t.map.villages}</h2>
      <Answer query={points} what={t.villages.title} waiting={<Skeleton rows={4} />}>
        {({ villages }) => {
          const inside = villages
            .filter(({ code }) => code.startsWith(`${region}.`))
            .toSorted((a, b) => WEIGHT[a.state] - WEIGHT[b.state] || a.name.localeCompare(b.name, 'id'));
          if (inside.length === 0) return <p className="secondary">{t.map.noVillages}</p>;
          return (
            <ul className="panel-villages">
              {inside.map(({ code, name, state }) => (
                <li key={code}>
                  <Link to="/map" search={(previous) => ({ ...previous, village: code })} className="plain">
                    <StateMark mark={state} />
                    <span className="ellipsis">{name}</span>
                    <span className="muted small">{t.state[state]}</span>
                  </Link>
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
    </section>
  );
}

/** One regency: where it stands in the programme, its figures, villages and outages. */
export function RegionPanel({ row }: { readonly row: CoverageRow }) {
  const { t, f } = useTexts();
  const status = row.programme !== null && row.programme !== 'covered' ? row.programme : null;
  return (
    <>
      <header className="panel-head">
        <h2>{row.name}</h2>
        {status !== null && (
          <p className="state-word secondary">
            <StateMark mark={status} />
            {t.programme[status]}
            {row.programmeNote !== null && `: ${row.programmeNote}`}
          </p>
        )}
        {row.villageCount !== null && (
          <p className="secondary">
            {t.map.sentence(
              f.number(row.villagesInProgramme),
              f.number(row.villageCount),
              f.percent(row.villagesInProgramme / Math.max(1, row.villageCount)),
            )}
            .
          </p>
        )}
      </header>
      {total(row.hotspots) > 0 && (
        <NetworkFacts
          hotspots={row.hotspots}
          region={row.code}
          rest={[
            ...(row.availability === null
              ? []
              : [{ term: t.map.availability, value: <Figure value={f.percent(row.availability)} /> }]),
            ...(row.clients === null
              ? []
              : [{ term: t.map.online, value: <Figure value={f.number(row.clients)} unit={t.unit.people} /> }]),
            ...(row.population === null
              ? []
              : [{ term: t.map.population, value: <Figure value={f.number(row.population)} unit={t.unit.soul} /> }]),
          ]}
        />
      )}
      <Villages region={row.code} />
      <OpenOutages region={row.code} />
    </>
  );
}
