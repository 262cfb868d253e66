import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { NewShift } from '../../../core/contract/duty.ts';
import { DAY, HOUR } from '../../../core/domain/clock.ts';
import type { RecipientRole, Weekday } from '../../../core/domain/duty.ts';
import { createShift, recipientsQuery } from '../../api/notices.ts';
import { Segments } from '../../components/Filters.tsx';
import { MomentField } from '../../components/form/MomentField.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useMaintenanceTexts } from '../../components/maintenance/texts.ts';
import { useNoticeChange } from './change.ts';
import { RegionField, RoleField, TimeField } from './fields.tsx';
import { useSettingsTexts } from './texts.ts';

/** Weeks begin on Monday. */
const DAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 0];
const WORKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5];

export function RecipientPick({
  label,
  role,
  value,
  none,
  onChange,
}: {
  readonly label: string;
  readonly role?: RecipientRole;
  readonly value: string;
  readonly none: string;
  readonly onChange: (id: string) => void;
}) {
  const { s } = useSettingsTexts();
  const people = useQuery(recipientsQuery()).data?.items ?? [];
  return (
    <label className="labelled">
      {label}
      <select className="field" value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{none}</option>
        {people
          .filter((one) => role === undefined || one.role === role)
          .map(({ id, name, role: own }) => (
            <option key={id} value={id}>
              {role === undefined ? `${name} (${s.roles[own]})` : name}
            </option>
          ))}
      </select>
    </label>
  );
}

/** Puts somebody on duty, every week or once. */
export function ShiftForm() {
  const { m } = useMaintenanceTexts();
  const { s } = useSettingsTexts();
  const [regionCode, setRegionCode] = useState('');
  const [role, setRole] = useState<RecipientRole>('engineer');
  const [recipientId, setRecipientId] = useState('');
  const [kind, setKind] = useState<'weekly' | 'once'>('weekly');
  const [days, setDays] = useState(WORKDAYS);
  const [hours, setHours] = useState({ from: 8 * 60, to: 17 * 60 });
  const [once, setOnce] = useState(() => {
    const from = Math.ceil(Date.now() / HOUR) * HOUR;
    return { from, to: from + DAY };
  });
  const add = useNoticeChange(
    (body: NewShift) => createShift({ body }),
    () => setRecipientId(''),
  );
  const isGood = recipientId !== '' && (kind === 'weekly' ? days.length > 0 : once.to > once.from);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isGood) return;
    const times = kind === 'weekly' ? { kind, days: [...days], ...hours } : { kind, ...once };
    add.mutate({ regionCode, role, recipientId, times });
  };
  return (
    <form className="form" onSubmit={submit}>
      <h2>{s.addShift}</h2>
      <RoleField
        role={role}
        onChange={(next) => {
          setRole(next);
          setRecipientId('');
        }}
      />
      <RecipientPick label={s.person} role={role} value={recipientId} none={s.choosePerson} onChange={setRecipientId} />
      <RegionField code={regionCode} onChange={setRegionCode} />
      <Segments
        label={s.shiftKind.label}
        value={kind}
        options={[
          { value: 'weekly', text: s.shiftKind.weekly },
          { value: 'once', text: s.shiftKind.once },
        ]}
        onChange={setKind}
      />
      {kind === 'weekly' ? (
        <>
          <fieldset className="choice segments weekdays" aria-label={m.repeat.days}>
            {DAYS.map((day) => (
              <button
                key={day}
                type="button"
                aria-pressed={days.includes(day)}
                onClick={() => setDays(DAYS.filter((one) => (one === day ? !days.includes(day) : days.includes(one))))}
              >
                {m.repeat.weekday[day]}
              </button>
            ))}
          </fieldset>
          <div className="form-pair">
            <TimeField label={s.from} minutes={hours.from} onChange={(from) => setHours({ ...hours, from })} />
            <TimeField label={s.to} minutes={hours.to} onChange={(to) => setHours({ ...hours, to })} />
          </div>
          {hours.to <= hours.from && <p className="form-hint">{s.overnight}</p>}
        </>
      ) : (
        <>
          <MomentField label={s.from} at={once.from} onChange={(from) => setOnce({ ...once, from })} />
          <MomentField label={s.to} at={once.to} onChange={(to) => setOnce({ ...once, to })} />
        </>
      )}
      <Wrong error={add.error} />
      <button type="submit" className="button primary" disabled={!isGood || add.isPending}>
        {s.addShift}
      </button>
    </form>
  );
}
