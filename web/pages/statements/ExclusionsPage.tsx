import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Exclusion, NewExclusion } from '../../../core/contract/exclusions.ts';
import { EXCLUSION_REASONS } from '../../../core/domain/availability.ts';
import { HOUR } from '../../../core/domain/clock.ts';
import { createExclusion, revokeExclusion } from '../../api/endpoints.ts';
import { exclusionsQuery } from '../../api/queries.ts';
import { MomentField } from '../../components/form/MomentField.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Ago } from '../../components/Moments.tsx';
import { useMaintenanceTexts } from '../../components/maintenance/texts.ts';
import { PagedList } from '../../components/PagedList.tsx';
import { Empty, PageHead } from '../../components/Screen.tsx';
import { Table } from '../../components/Table.tsx';
import { type Target, TargetPicker } from '../../components/targets/TargetPicker.tsx';
import { useTargetTexts } from '../../components/targets/texts.ts';
import { useStatementTexts } from './texts.ts';
import '../../components/form/form.css';
import './exclusions.css';

const PAGE_SIZE = 50;

type Scope = { readonly kind: NewExclusion['scopeKind']; readonly id: string; readonly name: string };

/** Figures, statements and incidents all follow from what is excluded. */
function useRefresh() {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([['exclusions'], ['statement']].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}

function NewExclusionForm() {
  const { t, s } = useStatementTexts();
  const { of, id, name, from, to } = useSearch({ from: '/exclusions' });
  const navigate = useNavigate({ from: '/exclusions' });
  const refresh = useRefresh();
  const given = of === undefined || id === undefined ? null : { kind: of, id, name: name ?? id };
  const [scope, setScope] = useState<Scope | null>(given);
  const [start, setStart] = useState(() => from ?? Math.floor(Date.now() / HOUR) * HOUR - HOUR);
  const [end, setEnd] = useState(() => to ?? Math.floor(Date.now() / HOUR) * HOUR);
  const [reason, setReason] = useState<NewExclusion['reason']>('force-majeure');
  const [note, setNote] = useState('');
  const save = useMutation({
    mutationFn: (body: NewExclusion) => createExclusion({ body }),
    onSuccess: async () => {
      setScope(null);
      setNote('');
      await refresh();
      await navigate({ search: ({ region }) => ({ region }), replace: true });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (scope === null || end <= start) return;
    save.mutate({ scopeKind: scope.kind, scopeId: scope.id, from: start, to: end, reason, note: note.trim() });
  };
  const chosen: readonly Target[] =
    scope === null || scope.kind === 'link' ? [] : [{ kind: scope.kind, id: scope.id, name: scope.name }];
  return (
    <section>
      <h2>{s.exclusions.add}</h2>
      <form className="form" onSubmit={submit}>
        {scope?.kind === 'link' ? (
          <p>
            {s.exclusions.link(scope.name)}{' '}
            <button type="button" className="button quiet" onClick={() => setScope(null)}>
              {t.action.change}
            </button>
          </p>
        ) : (
          <>
            <TargetPicker
              label={s.exclusions.scope}
              isSingle
              chosen={chosen}
              onChange={([target]) => setScope(target ?? null)}
            />
            <p className="form-hint">{s.exclusions.linkHint}</p>
          </>
        )}
        <MomentField label={s.exclusions.from} at={start} onChange={setStart} />
        <MomentField label={s.exclusions.to} at={end} onChange={setEnd} />
        {end <= start && (
          <p role="alert" className="wrong">
            {s.exclusions.wrongEnd}
          </p>
        )}
        <label className="labelled">
          {s.exclusions.reason}
          <select
            className="field"
            value={reason}
            onChange={({ target }) => setReason(EXCLUSION_REASONS.find((known) => known === target.value) ?? 'other')}
          >
            {EXCLUSION_REASONS.map((known) => (
              <option key={known} value={known}>
                {s.exclusions.reasons[known]}
              </option>
            ))}
          </select>
          <span className="form-hint">{s.exclusions.reasonHint[reason]}</span>
        </label>
        <label className="labelled">
          {s.exclusions.note}
          <textarea
            className="field"
            rows={3}
            maxLength={2000}
            placeholder={s.exclusions.noteHint}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        </label>
        <Wrong error={save.error} />
        <button type="submit" className="button primary" disabled={scope === null || end <= start || save.isPending}>
          {s.exclusions.save}
        </button>
      </form>
    </section>
  );
}

function Revoke({ exclusion }: { readonly exclusion: Exclusion }) {
  const { t, s } = useStatementTexts();
  const [isAsking, setAsking] = useState(false);
  const refresh = useRefresh();
  const revoke = useMutation({
    mutationFn: (note: string) => revokeExclusion({ params: { exclusionId: exclusion.id }, body: { note } }),
    onSuccess: refresh,
  });
  if (!isAsking) {
    return (
      <button type="button" className="button quiet" onClick={() => setAsking(true)}>
        {s.exclusions.revoke}
      </button>
    );
  }
  return (
    <form
      className="exclusion-revoke"
      onSubmit={(event) => {
        event.preventDefault();
        revoke.mutate(String(new FormData(event.currentTarget).get('note') ?? '').trim());
      }}
    >
      <input
        className="field"
        name="note"
        maxLength={2000}
        autoComplete="off"
        aria-label={s.exclusions.revokeNote}
        placeholder={s.exclusions.revokeNote}
      />
      <button type="submit" className="button" disabled={revoke.isPending}>
        {s.exclusions.revoke}
      </button>
      <button type="button" className="button quiet" onClick={() => setAsking(false)}>
        {t.action.back}
      </button>
      <Wrong error={revoke.error} />
    </form>
  );
}

function Row({ exclusion }: { readonly exclusion: Exclusion }) {
  const { g } = useTargetTexts();
  const { s, f } = useStatementTexts();
  const { scopeKind, scopeName, from, to, reason, note, setBy, setAt, revoked } = exclusion;
  return (
    <tr className={revoked === null ? '' : 'exclusion-revoked'}>
      <th scope="row">
        <span className="name">{scopeName}</span>
        <span className="sub">
          {g.kind[scopeKind]} · {s.exclusions.reasons[reason]}
        </span>
        {note !== '' && <span className="sub exclusion-note">{note}</span>}
        <span className="sub phone-only">
          {f.dated(from)} – {f.isSameDay(from, to) ? f.clock(to) : f.dated(to)}
        </span>
      </th>
      <td className="wide-only">
        {f.dated(from)} – {f.isSameDay(from, to) ? f.clock(to) : f.dated(to)}
        <span className="sub">{f.lasting(to - from)}</span>
      </td>
      <td className="wide-only secondary">
        {s.exclusions.setBy(setBy)}
        <span className="sub">
          <Ago at={setAt} />
        </span>
      </td>
      <td className="exclusion-actions">
        {revoked === null ? (
          <Revoke exclusion={exclusion} />
        ) : (
          <span className="muted">
            {s.exclusions.revoked(revoked.by)}
            {revoked.note !== '' && <span className="sub exclusion-note">{revoked.note}</span>}
          </span>
        )}
      </td>
    </tr>
  );
}

/** Time that does not count: set, read and revoked. */
export function ExclusionsPage() {
  const { m } = useMaintenanceTexts();
  const { s } = useStatementTexts();
  const { region, revoked, page = 1, of, id, from } = useSearch({ from: '/exclusions' });
  const navigate = useNavigate({ from: '/exclusions' });
  const query = useQuery(
    exclusionsQuery({
      page,
      pageSize: PAGE_SIZE,
      ...(region === undefined ? {} : { region }),
      ...(revoked === true ? { withRevoked: true } : {}),
    }),
  );
  return (
    <div className="page">
      <PageHead title={s.exclusions.title} context={s.exclusions.context} />
      <div className="exclusions">
        <div>
          <div className="filters">
            <label className="check">
              <input
                type="checkbox"
                checked={revoked === true}
                onChange={({ target }) =>
                  void navigate({
                    search: (previous) => ({ ...previous, page: undefined, revoked: target.checked || undefined }),
                  })
                }
              />
              {s.exclusions.withRevoked}
            </label>
          </div>
          <PagedList
            query={query}
            what={s.exclusions.title}
            empty={<Empty title={s.exclusions.empty}>{s.exclusions.emptyHint}</Empty>}
          >
            {(items) => (
              <Table headClassName="hidden-visually" columns={[s.exclusions.scope, m.when, m.by, m.actions]}>
                {items.map((exclusion) => (
                  <Row key={exclusion.id} exclusion={exclusion} />
                ))}
              </Table>
            )}
          </PagedList>
        </div>
        <NewExclusionForm key={`${of} ${id} ${from}`} />
      </div>
    </div>
  );
}
