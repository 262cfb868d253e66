import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { DutyRoster } from '../../../core/contract/duty.ts';
import { DAY } from '../../../core/domain/clock.ts';
import type { Weekday } from '../../../core/domain/duty.ts';
import { deleteShift, deleteSubstitution, dutyQuery, shiftsQuery, substitutionsQuery } from '../../api/notices.ts';
import { useMaintenanceTexts } from '../../components/maintenance/texts.ts';
import { useNow } from '../../components/now.ts';
import { Answer, Empty, Skeleton } from '../../components/Screen.tsx';
import { useIsAdmin } from './change.ts';
import { RegionName } from './fields.tsx';
import { clockText } from './minutes.ts';
import { Remove } from './Remove.tsx';
import { ShiftForm } from './ShiftForm.tsx';
import { SubstitutionForm } from './SubstitutionForm.tsx';
import { useSettingsTexts } from './texts.ts';
import { mondayOf, spansOfDay } from './week.ts';

const WEEK_DAYS = [0, 1, 2, 3, 4, 5, 6] as const;

function Cell({
  roster,
  from,
  isToday,
}: {
  readonly roster: DutyRoster;
  readonly from: number;
  readonly isToday: boolean;
}) {
  const { s, f } = useSettingsTexts();
  const to = from + DAY;
  const spans = spansOfDay(roster.spans, { from, to });
  const isEmpty = spans.every(({ people }) => people.length === 0);
  return (
    <td data-today={isToday} data-day={f.weekday(from)}>
      {isEmpty ? (
        <span className="muted">{s.nobodyOnDuty}</span>
      ) : (
        <div>
          {spans.map((span) => (
            <div key={span.from} className="week-span">
              <p className="small secondary nowrap">
                {f.clock(span.from)}–{span.to === to ? '24.00' : f.clock(span.to)}
              </p>
              {span.people.length === 0 ? (
                <p className="muted">{s.nobodyOnDuty}</p>
              ) : (
                span.people.map(({ recipientId, name, insteadOf, isReachable }) => (
                  <p key={recipientId}>
                    {name}
                    {insteadOf !== null && <span className="small muted"> {s.insteadOf(insteadOf)}</span>}
                    {!isReachable && <span className="small state-degraded"> {s.unreachable}</span>}
                  </p>
                ))
              )}
            </div>
          ))}
        </div>
      )}
    </td>
  );
}

/** The region that is looked at with what is inside, or all that the account sees. */
function Week() {
  const { t, s, f } = useSettingsTexts();
  const { region } = useSearch({ from: '/settings' });
  const now = useNow();
  const [ahead, setAhead] = useState(0);
  const monday = mondayOf(now, f.zone) + ahead * 7 * DAY;
  const query = useQuery(dutyQuery({ region }, monday, monday + 7 * DAY));
  return (
    <section>
      <div className="week-head">
        <h2>{s.week(f.date(monday), f.date(monday + 6 * DAY))}</h2>
        <button type="button" className="button" onClick={() => setAhead(ahead - 1)}>
          {t.action.previous}
        </button>
        <button type="button" className="button" disabled={ahead === 0} onClick={() => setAhead(0)}>
          {s.thisWeek}
        </button>
        <button type="button" className="button" onClick={() => setAhead(ahead + 1)}>
          {t.action.next}
        </button>
      </div>
      <Answer query={query} what={s.tab.duty} waiting={<Skeleton rows={4} />}>
        {({ items }) => {
          const shown = items.filter(({ spans }) => spans.some(({ people }) => people.length > 0));
          if (shown.length === 0) return <Empty title={s.noDuty}>{s.noDutyHint}</Empty>;
          return (
            <div className="table-box">
              <table className="table week">
                <thead>
                  <tr>
                    <th scope="col">{s.role}</th>
                    {WEEK_DAYS.map((day) => (
                      <th key={day} scope="col">
                        {f.weekday(monday + day * DAY)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {shown.map((roster) => (
                    <tr key={`${roster.regionCode} ${roster.role}`}>
                      <th scope="row">
                        {s.roles[roster.role]}
                        <span className="small muted settings-sub">{roster.regionName || s.everywhere}</span>
                      </th>
                      {WEEK_DAYS.map((day) => (
                        <Cell
                          key={day}
                          roster={roster}
                          from={monday + day * DAY}
                          isToday={f.isSameDay(monday + day * DAY, now)}
                        />
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Answer>
    </section>
  );
}

function Shifts() {
  const { m } = useMaintenanceTexts();
  const { s, f } = useSettingsTexts();
  const { region } = useSearch({ from: '/settings' });
  const isAdmin = useIsAdmin();
  const query = useQuery(shiftsQuery({ region }));
  const daysText = (days: readonly Weekday[]) =>
    days.length === WEEK_DAYS.length ? s.everyDay : days.map((day) => m.repeat.weekday[day]).join(', ');
  const clock = (minutes: number) => clockText(minutes).replace(':', f.language === 'id' ? '.' : ':');
  const hoursText = ({ from, to }: { readonly from: number; readonly to: number }) =>
    from === to && from === 0 ? s.allDay : `${clock(from)}–${clock(to)}`;
  return (
    <Answer query={query} what={s.shifts} waiting={<Skeleton rows={3} />}>
      {({ items }) =>
        items.length === 0 ? null : (
          <ul className="settings-list">
            {items.map(({ id, recipientName, role, regionCode, times }) => (
              <li key={id} className="settings-row">
                <span>
                  {recipientName}
                  <span className="small muted settings-sub">
                    {s.roles[role]} · <RegionName code={regionCode} /> ·{' '}
                    {times.kind === 'weekly'
                      ? `${daysText(times.days)} ${hoursText(times)}`
                      : `${f.dated(times.from)} – ${f.dated(times.to)}`}
                  </span>
                </span>
                {isAdmin && (
                  <span className="form-actions">
                    <Remove change={() => deleteShift({ params: { shiftId: id } })} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        )
      }
    </Answer>
  );
}

function Substitutions() {
  const { s, f } = useSettingsTexts();
  const { region } = useSearch({ from: '/settings' });
  const isAdmin = useIsAdmin();
  const items = useQuery(substitutionsQuery({ region })).data?.items ?? [];
  if (items.length === 0) return isAdmin ? null : <p className="secondary">{s.noSubstitutions}</p>;
  return (
    <ul className="settings-list">
      {items.map(({ id, absentName, substituteName, from, to }) => (
        <li key={id} className="settings-row">
          <span>
            {substituteName === null ? s.absentAlone(absentName) : s.substituted(substituteName, absentName)}
            <span className="small muted settings-sub">
              {f.dated(from)} – {f.dated(to)}
            </span>
          </span>
          {isAdmin && (
            <span className="form-actions">
              <Remove change={() => deleteSubstitution({ params: { substitutionId: id } })} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Who is on duty in a week, by role, and what that follows from. */
export function Duty() {
  const { s } = useSettingsTexts();
  const isAdmin = useIsAdmin();
  return (
    <div className="settings-wide">
      <Week />
      <div className="settings">
        <section>
          <h2>{s.shifts}</h2>
          <Shifts />
          <h2>{s.substitutions}</h2>
          <Substitutions />
          {isAdmin && <SubstitutionForm />}
        </section>
        {isAdmin && <ShiftForm />}
      </div>
    </div>
  );
}
