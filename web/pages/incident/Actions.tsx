import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import { CAUSES } from '../../../core/domain/incident.ts';
import { ApiError } from '../../api/endpoint.ts';
import { acknowledgeIncident, assignIncident, commentIncident, resolveIncident } from '../../api/endpoints.ts';
import { assigneesQuery, incidentQuery } from '../../api/queries.ts';
import { useAccount } from '../../frame/account.ts';
import { useTexts } from '../../i18n/texts.tsx';

/** A change answers the incident as it is then: it is shown at once. */
function useChange<T>(incidentId: string, change: (value: T) => Promise<IncidentDetail>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (incident) => {
      queryClient.setQueryData(incidentQuery(incidentId).queryKey, incident);
      void queryClient.invalidateQueries({ queryKey: ['incidents'] });
    },
  });
}

function Wrong({ error }: { readonly error: Error | null }) {
  const { t } = useTexts();
  if (error === null) return null;
  return (
    <p role="alert" className="incident-wrong">
      {t.failure[error instanceof ApiError ? error.code : 'internal']}
    </p>
  );
}

function Assign({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useTexts();
  const me = useAccount();
  const params = { incidentId: incident.id };
  const people = useQuery(assigneesQuery(incident.id)).data?.items ?? [];
  const assign = useChange(incident.id, (accountId: string | null) => assignIncident({ params, body: { accountId } }));
  const mayTake = me !== null && incident.assignee?.id !== me.id && people.some(({ id }) => id === me.id);
  return (
    <div className="incident-action">
      <label className="labelled">
        {t.incidents.assignTo}
        <select
          className="field"
          value={incident.assignee?.id ?? ''}
          disabled={assign.isPending}
          onChange={({ target }) => assign.mutate(target.value === '' ? null : target.value)}
        >
          <option value="">{t.incidents.noAssignee}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {mayTake && (
        <button type="button" className="button" disabled={assign.isPending} onClick={() => assign.mutate(me.id)}>
          {t.incidents.takeIt}
        </button>
      )}
      <Wrong error={assign.error} />
    </div>
  );
}

function Resolve({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useTexts();
  const params = { incidentId: incident.id };
  const resolve = useChange(incident.id, (body: Parameters<typeof resolveIncident>[0]['body']) =>
    resolveIncident({ params, body }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const note = String(values.get('note') ?? '').trim();
    const cause = CAUSES.find((known) => known === values.get('cause')) ?? 'unknown';
    resolve.mutate({ cause, ...(note === '' ? {} : { note }) });
  };
  return (
    <form className="incident-action" onSubmit={submit}>
      <label className="labelled">
        {t.incidents.column.cause}
        <select className="field" name="cause" defaultValue={incident.cause}>
          {CAUSES.map((cause) => (
            <option key={cause} value={cause}>
              {t.incidents.cause[cause]}
            </option>
          ))}
        </select>
      </label>
      <label className="labelled">
        {t.incidents.note}
        <input className="field" name="note" maxLength={4000} autoComplete="off" />
      </label>
      <p className="small muted">{t.incidents.resolveHint}</p>
      <button type="submit" className="button" disabled={resolve.isPending}>
        {t.incidents.resolve}
      </button>
      <Wrong error={resolve.error} />
    </form>
  );
}

function Comment({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const params = { incidentId: incident.id };
  const comment = useChange(incident.id, async (text: string) => {
    const answer = await commentIncident({ params, body: { text } });
    form.current?.reset();
    return answer;
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('text') ?? '').trim();
    if (text !== '') comment.mutate(text);
  };
  return (
    <form ref={form} className="incident-action" onSubmit={submit}>
      <label className="labelled">
        {t.incidents.comment}
        <textarea
          className="field incident-text"
          name="text"
          rows={3}
          maxLength={4000}
          required
          placeholder={t.incidents.commentHint}
        />
      </label>
      <button type="submit" className="button" disabled={comment.isPending}>
        {t.incidents.send}
      </button>
      <Wrong error={comment.error} />
    </form>
  );
}

/** What the one who looks may do: everything inside their region, and say something of what reaches into it. */
export function Actions({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useTexts();
  const role = useAccount()?.role;
  const params = { incidentId: incident.id };
  const acknowledge = useChange(incident.id, () => acknowledgeIncident({ params }));
  const isEditor = role === 'admin' || role === 'engineer';
  if (incident.mergedInto !== null || role === undefined || role === 'planner') return null;
  return (
    <section className="incident-actions">
      {isEditor && incident.isMine && incident.acknowledged === null && (
        <button
          type="button"
          className="button primary"
          disabled={acknowledge.isPending}
          onClick={() => acknowledge.mutate(undefined)}
        >
          {t.incidents.acknowledge}
        </button>
      )}
      <Wrong error={acknowledge.error} />
      {isEditor && incident.isMine && <Assign incident={incident} />}
      {!incident.isMine && <p className="secondary">{t.incidents.notMine}</p>}
      <Comment incident={incident} />
      {isEditor && incident.isMine && <Resolve key={incident.cause} incident={incident} />}
    </section>
  );
}
