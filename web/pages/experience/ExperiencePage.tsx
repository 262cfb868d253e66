import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { RumFigures } from '../../../core/contract/rum.ts';
import { RUM_CONNECTIONS } from '../../../core/domain/rum.ts';
import { rumFiguresQuery } from '../../api/rum.ts';
import { Facts, Figure } from '../../components/Facts.tsx';
import { Pick, Segments } from '../../components/Filters.tsx';
import { Ago } from '../../components/Moments.tsx';
import { Answer, Empty, PageHead } from '../../components/Screen.tsx';
import { Table } from '../../components/Table.tsx';
import { PartTable } from './PartTable.tsx';
import { Trend } from './Trend.tsx';
import { useExperienceTexts } from './texts.ts';
import { Vital } from './Vital.tsx';
import './experience.css';

const DAYS = ['1', '7', '30', '90'] as const;

function Errors({ errors }: Pick<RumFigures, 'errors'>) {
  const { x, f } = useExperienceTexts();
  return (
    <section>
      <h2>{x.failing}</h2>
      {errors.length === 0 ? (
        <p className="secondary">{x.failingNone}</p>
      ) : (
        <Table columns={[x.message, [x.where, 'wide-only'], [x.count, 'number'], [x.last, 'number']]}>
          {errors.map(({ fingerprint, sample, routes, browsers, count, lastHour }) => (
            <tr key={fingerprint}>
              <th scope="row" className="experience-wraps">
                {sample}
                <span className="sub">{browsers.join(', ')}</span>
              </th>
              <td className="wide-only experience-wraps">
                {routes.map((route) => x.screens[route] ?? route).join(', ')}
              </td>
              <td className="number">{f.number(count)}</td>
              <td className="number">
                <Ago at={lastHour} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

function Shown({ figures }: { readonly figures: RumFigures }) {
  const { x, f } = useExperienceTexts();
  const { all, screens, regencies, connections, errors } = figures;
  return (
    <div className="experience">
      <Facts
        isLarge
        facts={[
          { term: x.ready, value: <Figure value={<Vital vital="ready" value={all.vitals.ready} />} /> },
          { term: x.lcp, value: <Figure value={<Vital vital="lcp" value={all.vitals.lcp} />} /> },
          { term: x.inp, value: <Figure value={<Vital vital="inp" value={all.vitals.inp} />} /> },
          { term: x.cls, value: <Figure value={<Vital vital="cls" value={all.vitals.cls} />} /> },
          { term: x.errors, value: <Figure value={f.number(all.errors)} /> },
          { term: x.opened, value: <Figure value={f.number(all.count)} /> },
        ]}
      />
      <p className="secondary small">
        {x.legend} {x.legendReady}
      </p>
      <PartTable
        head={x.screen}
        parts={screens}
        nameOf={({ id }) => (
          <Link from="/system/experience" to="/system/experience" search={(previous) => ({ ...previous, route: id })}>
            {x.screens[id] ?? id}
          </Link>
        )}
      />
      <Trend figures={figures} />
      <div className="experience-two">
        <PartTable
          head={x.regency}
          parts={regencies}
          nameOf={({ id, name }) => (id === '' ? x.everyRegion : (name ?? id))}
        />
        <PartTable
          head={x.connection}
          parts={connections}
          nameOf={({ id }) => x.connections[RUM_CONNECTIONS.find((known) => known === id) ?? 'unknown']}
        />
      </div>
      <Errors errors={errors} />
    </div>
  );
}

/** Slow and failing screens, as their readers met them. */
export function ExperiencePage() {
  const { x } = useExperienceTexts();
  const { region, days = '7', connection, route } = useSearch({ from: '/system/experience' });
  const navigate = useNavigate({ from: '/system/experience' });
  const query = useQuery(
    rumFiguresQuery({
      days: Number(days),
      ...(region === undefined ? {} : { region }),
      ...(connection === undefined ? {} : { connection }),
      ...(route === undefined ? {} : { route }),
    }),
  );
  return (
    <div className="page">
      <PageHead title={x.title} context={x.context} />
      <div className="filters">
        <Segments
          label={x.days}
          value={days}
          options={DAYS.map((value) => ({ value, text: x.day[value] }))}
          onChange={(value) =>
            void navigate({ search: (previous) => ({ ...previous, days: value === '7' ? undefined : value }) })
          }
        />
        <Pick
          label={x.anyConnection}
          value={connection ?? ''}
          options={RUM_CONNECTIONS.map((value) => ({ value, text: x.connections[value] }))}
          onChange={(value) =>
            void navigate({
              search: (previous) => ({ ...previous, connection: RUM_CONNECTIONS.find((known) => known === value) }),
            })
          }
        />
        {route !== undefined && (
          <Link
            from="/system/experience"
            to="/system/experience"
            search={(previous) => ({ ...previous, route: undefined })}
            className="button"
            aria-label={`${x.only(x.screens[route] ?? route)}. ${x.clear}`}
          >
            {x.only(x.screens[route] ?? route)} ×
          </Link>
        )}
      </div>
      <Answer query={query} what={x.title}>
        {(figures) =>
          figures.all.count + figures.all.errors > 0 ? (
            <>
              {!figures.isOn && (
                <p className="stale-line" role="status">
                  {x.offNow}
                </p>
              )}
              <Shown figures={figures} />
            </>
          ) : figures.isOn ? (
            <Empty
              title={x.empty}
              action={
                <Link to="/system/experience" search={{ region, days: '90' }} className="button">
                  {x.wider}
                </Link>
              }
            >
              {x.emptyHint}
            </Empty>
          ) : (
            <Empty
              title={x.off}
              action={
                <Link to="/system" className="button">
                  {x.back}
                </Link>
              }
            >
              {x.offHint}
            </Empty>
          )
        }
      </Answer>
    </div>
  );
}
