import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { EDITORS } from '../../../core/contract/contract.ts';
import type { MaintenanceWindow } from '../../../core/contract/maintenance.ts';
import { MINUTE } from '../../../core/domain/clock.ts';
import { covers } from '../../../core/domain/region.ts';
import { cancelMaintenance } from '../../api/endpoints.ts';
import { maintenanceQuery } from '../../api/queries.ts';
import { Pager, Segments } from '../../components/Filters.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { repeatText } from '../../components/maintenance/repeat.ts';
import { useMaintenanceTexts } from '../../components/maintenance/texts.ts';
import { lastTime, type Standing, standingOf } from '../../components/maintenance/times.ts';
import { useNow } from '../../components/now.ts';
import { Answer, Empty, PageHead } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useAccount } from '../../frame/account.ts';
import '../../components/table.css';
import './maintenance-page.css';

const PAGE_SIZE = 50;
const WHICH = ['ahead', 'past'] as const;

const useMayEdit = (): boolean => {
  const role = useAccount()?.role;
  return EDITORS.some((editor) => editor === role);
};

function CallOff({ window }: { readonly window: MaintenanceWindow }) {
  const { t, m } = useMaintenanceTexts();
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const callOff = useMutation({
    mutationFn: () => cancelMaintenance({ params: { windowId: window.id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['maintenance'] }),
  });
  if (!isAsking) {
    return (
      <button type="button" className="button quiet" onClick={() => setAsking(true)}>
        {m.callOff}
      </button>
    );
  }
  return (
    <div className="call-off">
      <p className="small">{m.callOffAsk}</p>
      <button type="button" className="button" disabled={callOff.isPending} onClick={() => callOff.mutate()}>
        {m.callOffYes}
      </button>
      <button type="button" className="button quiet" onClick={() => setAsking(false)}>
        {t.action.back}
      </button>
      <Wrong error={callOff.error} />
    </div>
  );
}

function Row({ standing, now }: { readonly standing: Standing; readonly now: number }) {
  const { t, m, f } = useMaintenanceTexts();
  const account = useAccount();
  const { window, phase, time } = standing;
  const { deviceIds, siteIds, regionCodes } = window;
  const mayEdit = useMayEdit() && account !== null && covers(account.regionCode, window.regionCode);
  const targets = [
    ...(regionCodes.length > 0 ? [m.regions(f.number(regionCodes.length))] : []),
    ...(siteIds.length > 0 ? [t.incidents.effect.sites(f.number(siteIds.length))] : []),
    ...(deviceIds.length > 0 ? [t.incidents.effect.devices(f.number(deviceIds.length))] : []),
  ].join(' · ');
  const when = `${f.dated(time.from)} – ${f.isSameDay(time.from, time.to) ? f.clock(time.to) : f.dated(time.to)}`;
  const isAfterwards = window.createdAt > window.startsAt;
  return (
    <tr>
      <th scope="row">
        <span className="name">{window.title}</span>
        <span className="sub">{targets}</span>
        {window.note !== '' && <span className="sub maintenance-note">{window.note}</span>}
        <span className="sub phone-only">{when}</span>
      </th>
      <td className="wide-only">
        {phase === 'now' ? (
          <span className="state-word state-planned">
            <StateMark mark="planned" />
            {m.until(f.moment(time.to, now))}
          </span>
        ) : (
          when
        )}
        {window.recurrence !== null && (
          <span className="sub">{repeatText(window.recurrence, window.startsAt, m.repeat, f)}</span>
        )}
      </td>
      <td className="wide-only secondary">
        {window.createdBy ?? ''}
        {isAfterwards && <span className="sub">{m.afterwards}</span>}
      </td>
      <td className="maintenance-actions">
        {mayEdit && (
          <>
            <Link to="/maintenance/new" search={{ change: window.id }} className="button quiet">
              {t.action.change}
            </Link>
            <CallOff window={window} />
          </>
        )}
      </td>
    </tr>
  );
}

function Group({
  title,
  standings,
  now,
}: {
  readonly title: string;
  readonly standings: readonly Standing[];
  readonly now: number;
}) {
  const { m, f } = useMaintenanceTexts();
  if (standings.length === 0) return null;
  return (
    <section className="maintenance-group">
      <h2>
        {title} <span className="unit">{f.number(standings.length)}</span>
      </h2>
      <div className="table-box">
        <table className="table maintenance-table">
          <thead className="hidden-visually">
            <tr>
              <th scope="col">{m.titleLabel}</th>
              <th scope="col">{m.when}</th>
              <th scope="col">{m.by}</th>
              <th scope="col">{m.actions}</th>
            </tr>
          </thead>
          <tbody>
            {standings.map((standing) => (
              <Row key={standing.window.id} standing={standing} now={now} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Announced work: what runs now, what comes, and what was. */
export function MaintenancePage() {
  const { m } = useMaintenanceTexts();
  const { region, which = 'ahead', page = 1 } = useSearch({ from: '/maintenance' });
  const navigate = useNavigate({ from: '/maintenance' });
  const mayEdit = useMayEdit();
  const now = Math.floor(useNow() / MINUTE) * MINUTE;
  const query = useQuery(
    maintenanceQuery({
      ...(region === undefined ? {} : { region }),
      ...(which === 'past' ? { to: now, page, pageSize: PAGE_SIZE } : { from: now, pageSize: 500 }),
    }),
  );
  const add = (
    <Link to="/maintenance/new" className="button primary">
      {m.add}
    </Link>
  );
  return (
    <div className="page">
      <PageHead title={m.title} context={m.context} actions={mayEdit && add} />
      <div className="filters">
        <Segments
          label={m.when}
          value={which}
          options={WHICH.map((value) => ({ value, text: m.which[value] }))}
          onChange={(value) =>
            void navigate({
              search: (previous) => ({ ...previous, page: undefined, which: value === 'past' ? value : undefined }),
            })
          }
        />
      </div>
      <Answer query={query} what={m.title}>
        {({ items, total }) => {
          const standings = items
            .map((window) => standingOf(window, now))
            .flatMap((standing): readonly Standing[] => {
              if (which === 'ahead') return standing.phase === 'past' ? [] : [standing];
              const time = lastTime(standing.window, now);
              return time === null ? [] : [{ ...standing, phase: 'past', time }];
            });
          const of = (phase: Standing['phase']) =>
            standings.filter((one) => one.phase === phase).sort((a, b) => a.time.from - b.time.from);
          if (standings.length === 0)
            return (
              <Empty title={m.empty[which]} action={mayEdit && add}>
                {m.emptyHint}
              </Empty>
            );
          return which === 'past' ? (
            <>
              <Group title={m.which.past} standings={standings} now={now} />
              <Pager
                page={page}
                pageSize={PAGE_SIZE}
                total={total}
                onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
              />
            </>
          ) : (
            <>
              <Group title={m.phase.now} standings={of('now')} now={now} />
              <Group title={m.phase.coming} standings={of('coming')} now={now} />
            </>
          );
        }}
      </Answer>
    </div>
  );
}
