import { type FormEvent, useState } from 'react';
import type { NewSubstitution } from '../../../core/contract/duty.ts';
import { DAY, HOUR } from '../../../core/domain/clock.ts';
import { createSubstitution } from '../../api/notices.ts';
import { MomentField } from '../../components/form/MomentField.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useNoticeChange } from './change.ts';
import { RecipientPick } from './ShiftForm.tsx';
import { useSettingsTexts } from './texts.ts';

/** Lets somebody do all shifts of another for a time. */
export function SubstitutionForm() {
  const { s } = useSettingsTexts();
  const [absentId, setAbsentId] = useState('');
  const [substituteId, setSubstituteId] = useState('');
  const [span, setSpan] = useState(() => {
    const from = Math.ceil(Date.now() / HOUR) * HOUR;
    return { from, to: from + DAY };
  });
  const add = useNoticeChange(
    (body: NewSubstitution) => createSubstitution({ body }),
    () => setAbsentId(''),
  );
  const isGood = absentId !== '' && absentId !== substituteId && span.to > span.from;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isGood) add.mutate({ absentId, substituteId: substituteId === '' ? null : substituteId, ...span });
  };
  return (
    <form className="form" onSubmit={submit}>
      <div className="form-pair">
        <RecipientPick label={s.absent} value={absentId} none={s.choosePerson} onChange={setAbsentId} />
        <RecipientPick label={s.substitute} value={substituteId} none={s.nobody} onChange={setSubstituteId} />
        <MomentField label={s.from} at={span.from} onChange={(from) => setSpan({ ...span, from })} />
        <MomentField label={s.to} at={span.to} onChange={(to) => setSpan({ ...span, to })} />
      </div>
      <Wrong error={add.error} />
      <div className="form-actions">
        <button type="submit" className="button" disabled={!isGood || add.isPending}>
          {s.addSubstitution}
        </button>
      </div>
    </form>
  );
}
