import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { PortalFigures, PortalRegency } from '../../../core/contract/portal/figure-routes.ts';
import { DAY, SECOND } from '../../../core/domain/clock.ts';
import { addressOf } from '../../api/endpoint.ts';
import { portalFiguresQuery } from '../../api/portal.ts';
import { Facts, Figure } from '../../components/Facts.tsx';
import { Segments } from '../../components/Filters.tsx';
import { Answer, Empty } from '../../components/Screen.tsx';
import { Table } from '../../components/Table.tsx';
import { shortName } from '../../map/labels.ts';
import { Chart } from '../device/Chart.tsx';
import { CodeBudget } from './CodeBudget.tsx';
import { useRights } from './change.ts';
import { Count, isFailing, Octets, Success, TimeToOnline } from './figures.tsx';
import { PortalPage } from './PortalPage.tsx';
import { usePortalTexts } from './texts.ts';
import '../device/device.css';

const PERIODS = ['1', '7', '30'] as const;

/** Midnight of a day in the zone, UTC ms. */
const startOf = (day: string, offsetMs: number): number => Date.parse(`${day}T00:00:00Z`) - offsetMs;

function Head({ figures }: { readonly figures: PortalFigures }) {
  const { p, f } = usePortalTexts();
  const { health, totals } = figures;
  const data = f.bytes(totals.upOctets + totals.downOctets);
  const heard = figures.gateways - figures.gatewaysSilent;
  return (
    <Facts
      isLarge
      facts={[
        { term: p.overview.live, value: <Figure value={f.number(figures.live)} unit={p.overview.liveUnit} /> },
        { term: p.overview.logins, value: <Figure value={f.number(totals.logins)} /> },
        {
          term: p.overview.success,
          value: (
            <span className={isFailing(health) ? 'portal-failing' : undefined}>
              <Figure
                value={health.issued === 0 ? '–' : f.percent(health.online / health.issued)}
                unit={p.overview.successOf(f.number(health.issued))}
              />
            </span>
          ),
        },
        {
          term: p.overview.online,
          value:
            health.onlineMsP50 === null ? (
              <Figure value="–" />
            ) : (
              <Figure value={f.number(health.onlineMsP50 / SECOND, 1)} unit={p.overview.onlineUnit} />
            ),
        },
        { term: p.overview.data, value: <Figure value={data.value} unit={data.unit} /> },
        {
          term: p.overview.gateways,
          value: (
            <span className={figures.gatewaysSilent > 0 ? 'portal-failing' : undefined}>
              <Figure value={f.number(heard)} unit={p.overview.gatewaysOf(f.number(figures.gateways))} />
            </span>
          ),
        },
      ]}
    />
  );
}

function Trend({ figures }: { readonly figures: PortalFigures }) {
  const { p, f } = usePortalTexts();
  const { offsetMs } = f.zone;
  const { times, lines } = useMemo(() => {
    const { days } = figures;
    return {
      times: days.map(({ day }) => startOf(day, offsetMs)),
      lines: [
        { label: p.overview.logins, ink: 'chart-1', values: days.map(({ logins }) => logins), isFilled: true },
        { label: p.overview.devices, ink: 'chart-2', values: days.map(({ devices }) => devices) },
        { label: p.overview.refusals, ink: 'down', values: days.map(({ refusals }) => refusals) },
      ],
    };
  }, [figures, offsetMs, p]);
  // Half a day around the first and the last, for what is written under them.
  const [from, to] = [(times[0] ?? 0) - DAY / 2, (times.at(-1) ?? 0) + DAY / 2];
  return (
    <section className="charts portal-trend">
      <Chart
        title={p.overview.trend}
        unit=""
        times={times}
        from={from}
        to={to}
        lines={lines}
        bands={NO_BANDS}
        show={(value) => f.number(value)}
        isLast
      />
    </section>
  );
}
const NO_BANDS = [] as const;

/** A count as a bar behind its figure: full width is the largest of the table. */
function BarCount({ value, largest }: { readonly value: number; readonly largest: number }) {
  const { f } = usePortalTexts();
  if (value === 0) return <span className="zero">0</span>;
  return (
    <span className="portal-bar" ref={(cell) => cell?.style.setProperty('--share', String(value / (largest || 1)))}>
      <span>{f.number(value)}</span>
    </span>
  );
}

type Cells = Omit<PortalRegency, 'code' | 'name' | 'arrivals' | 'refusals' | 'sessions' | 'seconds'>;

function Figures({ row, largest }: { readonly row: Cells; readonly largest: number }) {
  return (
    <>
      <td className="number wide-only">
        <Count value={row.sites} />
      </td>
      <td className="number">
        <Count value={row.live} />
      </td>
      <td className="number portal-bar-cell">
        {largest === 0 ? <Count value={row.logins} /> : <BarCount value={row.logins} largest={largest} />}
      </td>
      <td className="number wide-only">
        <Count value={row.devices} />
      </td>
      <td className="number wide-only">
        <Octets value={row.upOctets + row.downOctets} />
      </td>
      <td className="number">
        <Success health={row.health} />
      </td>
      <td className="number wide-only">
        <TimeToOnline ms={row.health.onlineMsP50} />
      </td>
    </>
  );
}

function Regencies({ figures }: { readonly figures: PortalFigures }) {
  const { p } = usePortalTexts();
  const { column } = p.overview;
  const rows = figures.regencies.toSorted((a, b) => b.logins - a.logins || a.name.localeCompare(b.name));
  const largest = Math.max(1, ...rows.map(({ logins }) => logins));
  const sum = (of: (row: PortalRegency) => number) => rows.reduce((all, row) => all + of(row), 0);
  return (
    <Table
      columns={[
        column.regency,
        [column.sites, 'number wide-only'],
        [column.live, 'number'],
        [column.logins, 'number'],
        [column.devices, 'number wide-only'],
        [column.data, 'number wide-only'],
        [column.success, 'number'],
        [column.online, 'number wide-only'],
      ]}
      foot={
        <tr>
          <th scope="row">{p.overview.total}</th>
          <Figures
            largest={0}
            row={{
              ...figures.totals,
              sites: sum(({ sites }) => sites),
              live: figures.live,
              health: figures.health,
            }}
          />
        </tr>
      }
    >
      {rows.map((row) => (
        <tr key={row.code}>
          <th scope="row">
            <Link to="/portal/sites" search={{ region: row.code }} className="name">
              <span className="wide-only">{row.name.replace(/^Kabupaten /, 'Kab. ')}</span>
              <span className="phone-only">{shortName(row.name)}</span>
            </Link>
          </th>
          <Figures row={row} largest={largest} />
        </tr>
      ))}
    </Table>
  );
}

/** How many people come online, where, and how well that goes. */
export function OverviewPage() {
  const { p, f, language } = usePortalTexts();
  const { region, days = '1' } = useSearch({ from: '/portal' });
  const navigate = useNavigate({ from: '/portal' });
  const { isEditor } = useRights();
  const query = useQuery(portalFiguresQuery({ region }, Number(days)));
  const dayText = (day: string) => f.date(startOf(day, f.zone.offsetMs));
  const { data } = query;
  return (
    <PortalPage
      context={data === undefined ? '\u00a0' : p.overview.context(dayText(data.from), dayText(data.to))}
      actions={
        <a
          className="button"
          href={addressOf('/api/v1/portal/figures/file', {}, { region, days: Math.max(Number(days), 7), language })}
          download
        >
          {p.overview.csv}
        </a>
      }
    >
      <div className="filters">
        <Segments
          label={p.overview.period}
          value={days}
          options={PERIODS.map((value) => ({ value, text: p.overview.days[value] }))}
          onChange={(value) =>
            void navigate({ search: (previous) => ({ ...previous, days: value === '1' ? undefined : value }) })
          }
        />
      </div>
      <Answer query={query} what={p.title}>
        {(figures) =>
          figures.gateways === 0 && figures.regencies.length === 0 ? (
            <Empty
              title={p.overview.none}
              action={
                isEditor && (
                  <Link to="/portal/gateways" search={{ edit: 'new' }} className="button primary">
                    {p.overview.addGateway}
                  </Link>
                )
              }
            >
              {isEditor ? p.overview.noneHint : p.overview.noneHintOthers}
            </Empty>
          ) : (
            <div className="portal-stack">
              <Head figures={figures} />
              <CodeBudget />
              <Trend figures={figures} />
              <Regencies figures={figures} />
            </div>
          )
        }
      </Answer>
    </PortalPage>
  );
}
