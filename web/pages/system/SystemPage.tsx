import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SystemStatus } from '../../../core/contract/system.ts';
import { systemQuery } from '../../api/queries.ts';
import { Facts, Figure } from '../../components/Facts.tsx';
import { Ago } from '../../components/Moments.tsx';
import { useNow } from '../../components/now.ts';
import { Answer, PageHead } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { useSystemTexts } from './texts.ts';
import '../../components/table.css';
import './system.css';

function Stores({ stores }: Pick<SystemStatus, 'stores'>) {
  const { s } = useSystemTexts();
  const names: Readonly<Record<string, string>> = s.storeName;
  return (
    <section>
      <h2>{s.stores}</h2>
      <ul className="system-list">
        {stores.map(({ name, engine, ok, reason }) => (
          <li key={name}>
            <StateMark mark={ok ? 'up' : 'down'} />
            <span>
              {names[name] ?? name} <span className="muted">{engine}</span>
              {reason !== null && <span className="sub muted small">{reason}</span>}
            </span>
            <span className={ok ? 'secondary' : 'state-down'}>{ok ? s.storeOk : s.storeBad}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Spool({ spool }: Pick<SystemStatus, 'spool'>) {
  const { s, f } = useSystemTexts();
  const size = f.bytes(spool.bytes);
  const isCalm = spool.samples === 0 && spool.dropped === 0;
  return (
    <section>
      <h2>{s.spool}</h2>
      {isCalm ? (
        <p className="state-word">
          <StateMark mark="up" />
          {s.spoolEmpty}
        </p>
      ) : (
        <Facts
          isLarge
          facts={[
            { term: s.spoolSamples, value: <Figure value={f.number(spool.samples)} /> },
            { term: s.spoolBytes, value: <Figure value={size.value} unit={size.unit} /> },
            {
              term: s.spoolDropped,
              value: (
                <span className={spool.dropped > 0 ? 'state-down' : ''}>
                  <Figure value={f.number(spool.dropped)} />
                </span>
              ),
            },
            ...(spool.oldestAt === null ? [] : [{ term: s.spoolOldest, value: <Ago at={spool.oldestAt} /> }]),
          ]}
        />
      )}
    </section>
  );
}

/** Where it listens is no count. */
const IS_PORT = /(^|_)port$/;

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Counts under the names that the collector has for them, the largest first. */
function Counts({
  title,
  counts,
  none,
}: {
  readonly title: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly none?: string;
}) {
  const { f } = useTexts();
  const rows = Object.entries(counts)
    .filter(([name, count]) => count > 0 && !IS_PORT.test(name))
    .toSorted(([, a], [, b]) => b - a);
  if (rows.length === 0 && none === undefined) return null;
  return (
    <>
      <h3 className="system-bad">{title}</h3>
      {rows.length === 0 ? (
        <p className="secondary">{none}</p>
      ) : (
        <ul className="system-reasons">
          {rows.map(([name, count]) => (
            <li key={name}>
              <code className="mono">{name}</code> {f.number(count)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Each that ever signed, by its name: what one that is cut off watches is unknown. */
function Collectors({ collectors }: Pick<SystemStatus, 'collectors'>) {
  const { s, f } = useSystemTexts();
  const now = useNow();
  return (
    <ul className="system-list system-collectors">
      {collectors.map(({ name, awaySince, lost }) => (
        <li key={name}>
          <StateMark mark={awaySince === null ? 'up' : 'unknown'} />
          <span>
            {name}
            {lost > 0 && <span className="sub state-down small">{s.collectorLost(f.number(lost))}</span>}
          </span>
          <span className={awaySince === null ? 'secondary' : 'state-unknown'}>
            {awaySince === null ? s.collectorWorking : s.collectorAway(f.since(awaySince, now))}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Collector({ collector, collectors }: Pick<SystemStatus, 'collector' | 'collectors'>) {
  const { t, s, f } = useSystemTexts();
  if (collector === null) {
    return (
      <section>
        <h2>{s.collector}</h2>
        <p className="secondary">{s.collectorNone}</p>
        <Collectors collectors={collectors} />
      </section>
    );
  }
  return (
    <section>
      <h2>{s.collector}</h2>
      <p className="state-word system-blind">
        <StateMark mark={collector.blind ? 'unknown' : 'up'} />
        {collector.blind ? s.collectorBlind : s.collectorSeeing}
      </p>
      <Collectors collectors={collectors} />
      <Facts
        isLarge
        facts={[
          { term: s.collectorDevices, value: <Figure value={f.number(collector.devices)} /> },
          { term: s.collectorInFlight, value: <Figure value={f.number(collector.inFlight)} /> },
          { term: s.collectorLag, value: <Figure value={f.number(collector.lagMsP95)} unit={t.unit.ms} /> },
          { term: s.collectorOverruns, value: <Figure value={f.number(collector.overruns)} /> },
          { term: s.collectorPolls, value: <Figure value={f.number(collector.polls)} /> },
          { term: s.collectorFailed, value: <Figure value={f.number(sumOf(collector.failures))} /> },
          { term: s.collectorSamples, value: <Figure value={f.number(collector.samples)} /> },
        ]}
      />
      <Counts title={s.probes} counts={collector.byProbe} />
      {Object.entries(collector.listeners).map(([listener, counts]) => (
        <Counts key={listener} title={`${s.listeners}: ${listener}`} counts={counts} none={s.nothingHeard} />
      ))}
      <Counts title={s.failures} counts={collector.failures} none={s.noFailures} />
      <Counts title={s.badReadings} counts={collector.badReadings} none={s.noBadReadings} />
    </section>
  );
}

function Jobs({ jobs }: Pick<SystemStatus, 'jobs'>) {
  const { s, f } = useSystemTexts();
  const now = useNow();
  const names: Readonly<Record<string, string>> = s.jobName;
  return (
    <section className="system-jobs">
      <h2>{s.jobs}</h2>
      {jobs.length === 0 ? (
        <p className="secondary">{s.noJobs}</p>
      ) : (
        <div className="table-box">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{s.job.id}</th>
                <th scope="col">{s.job.result}</th>
                <th scope="col" className="wide-only">
                  {s.job.last}
                </th>
                <th scope="col" className="number wide-only">
                  {s.job.took}
                </th>
                <th scope="col">{s.job.next}</th>
              </tr>
            </thead>
            <tbody>
              {jobs.map((job) => (
                <tr key={job.id}>
                  <th scope="row">
                    <span className="name">{names[job.id] ?? job.id}</span>
                  </th>
                  <td>
                    {job.running ? (
                      <span className="state-word">{s.jobRunning}</span>
                    ) : job.lastError !== null ? (
                      <span className="state-word state-down">
                        <StateMark mark="down" />
                        {job.lastError}
                      </span>
                    ) : job.lastFinishedAt === null ? (
                      <span className="muted">{s.jobNever}</span>
                    ) : (
                      <span className="state-word secondary">
                        <StateMark mark="up" />
                        {s.jobOk}
                      </span>
                    )}
                  </td>
                  <td className="wide-only secondary">
                    {job.lastStartedAt === null ? '' : <Ago at={job.lastStartedAt} />}
                  </td>
                  <td className="number wide-only secondary">
                    {job.lastStartedAt !== null &&
                      job.lastFinishedAt !== null &&
                      job.lastFinishedAt >= job.lastStartedAt && (
                        <>
                          {f.number((job.lastFinishedAt - job.lastStartedAt) / 1000, 1)} <span className="unit">s</span>
                        </>
                      )}
                  </td>
                  <td className="secondary">{job.nextAt === null ? '' : f.ahead(job.nextAt, now)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

export function SystemPage() {
  const { s, f } = useSystemTexts();
  const now = useNow();
  const query = useQuery(systemQuery);
  const { data } = query;
  return (
    <div className="page">
      <PageHead
        title={s.title}
        context={data === undefined ? '\u00a0' : s.context(data.version, f.since(data.startedAt, now))}
        actions={
          <Link to="/system/experience" className="button">
            {s.experience}
          </Link>
        }
      />
      <Answer query={query} what={s.title}>
        {(system) => (
          <div className="system">
            <Stores stores={system.stores} />
            <Collector collector={system.collector} collectors={system.collectors} />
            <Spool spool={system.spool} />
            <Jobs jobs={system.jobs} />
          </div>
        )}
      </Answer>
    </div>
  );
}
