import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { RegionProgramme } from '../../../core/contract/coverage-plan.ts';
import { PROGRAMME_STATUSES, type ProgrammeStatus, parentCode } from '../../../core/domain/region.ts';
import { programmeQuery, setProgramme } from '../../api/coverage.ts';
import { Answer, PageHead } from '../../components/Screen.tsx';
import { useAccount } from '../../frame/account.ts';
import { useCoverageTexts } from './texts.ts';
import './coverage.css';

const MAY_SAY: readonly string[] = ['admin', 'planner'];
const NOTE_LETTERS = 300;

function Form({ known }: { readonly known: RegionProgramme }) {
  const { c, t } = useCoverageTexts();
  const queryClient = useQueryClient();
  const { code } = known.region;
  const [programme, setStatus] = useState<ProgrammeStatus | null>(known.programme);
  const [note, setNote] = useState(known.note ?? '');
  const change = useMutation({
    mutationFn: () =>
      setProgramme({ params: { code }, body: { programme, note: note.trim() === '' ? null : note.trim() } }),
    onSuccess: (said) => {
      queryClient.setQueryData(programmeQuery(code).queryKey, said);
      void queryClient.invalidateQueries({ queryKey: ['coverage'] });
      void queryClient.invalidateQueries({ queryKey: ['coverage-gaps'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form className="plan-form" onSubmit={submit}>
      <label className="labelled">
        {c.programme.status}
        <select
          className="field"
          value={programme ?? ''}
          onChange={({ target }) => setStatus(PROGRAMME_STATUSES.find((status) => status === target.value) ?? null)}
        >
          <option value="">{c.programme.none}</option>
          {PROGRAMME_STATUSES.map((status) => (
            <option key={status} value={status}>
              {t.programme[status]}
            </option>
          ))}
        </select>
      </label>
      <label className="labelled">
        {c.programme.note}
        <textarea
          className="field"
          rows={3}
          maxLength={NOTE_LETTERS}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        <span className="secondary small">{c.programme.noteHint}</span>
      </label>
      <p className="secondary small">{c.programme.reach}</p>
      <p className="plan-form-foot">
        <button type="submit" className="button primary" disabled={change.isPending}>
          {c.programme.save}
        </button>
        {change.isSuccess && <span role="status">{c.programme.saved}</span>}
        {change.isError && <span role="alert">{c.programme.failed}</span>}
      </p>
    </form>
  );
}

function Said({ known }: { readonly known: RegionProgramme }) {
  const { c, t } = useCoverageTexts();
  return (
    <p>
      <strong>{known.programme === null ? c.programme.none : t.programme[known.programme]}</strong>
      {known.note !== null && `: ${known.note}`}
    </p>
  );
}

/** Where a region stands in the programme, who said so, and what was said before. */
export function ProgrammePage() {
  const { c, f, t } = useCoverageTexts();
  const { code } = useParams({ from: '/coverage/programme/$code' });
  const account = useAccount();
  const query = useQuery(programmeQuery(code));
  const mayChange = account !== null && MAY_SAY.includes(account.role);
  const word = (status: ProgrammeStatus | null) => (status === null ? c.programme.none : t.programme[status]);
  return (
    <div className="page plan-programme">
      <PageHead
        title={query.data === undefined ? c.programme.title : `${c.programme.title}: ${query.data.region.name}`}
        context={<span className="mono">{code}</span>}
        actions={
          <Link to="/coverage" search={{ region: parentCode(code) ?? code }} className="button">
            {c.programme.back}
          </Link>
        }
      />
      <Answer query={query} what={c.programme.title}>
        {(known) => (
          <>
            {known.inherited !== null && (
              <p className="secondary">
                {c.programme.inherited(t.programme[known.inherited.programme], known.inherited.from.name)}
                {known.inherited.note !== null && `: ${known.inherited.note}`}
              </p>
            )}
            {mayChange ? <Form key={code} known={known} /> : <Said known={known} />}
            <h2>{c.programme.history}</h2>
            {known.history.length === 0 ? (
              <p className="secondary">{c.programme.noHistory}</p>
            ) : (
              <ol className="plan-history">
                {known.history.map((entry) => (
                  <li key={entry.changedAt}>
                    <span>{c.programme.entry(word(entry.before), word(entry.programme))}</span>
                    {entry.note !== null && <span className="secondary">{entry.note}</span>}
                    <span className="muted small">
                      {f.dated(entry.changedAt)} · {entry.by ?? c.programme.someone}
                    </span>
                  </li>
                ))}
              </ol>
            )}
          </>
        )}
      </Answer>
    </div>
  );
}
