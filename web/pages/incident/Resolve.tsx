import type { FormEvent } from 'react';
import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import { CAUSES } from '../../../core/domain/incident.ts';
import { resolveIncident } from '../../api/endpoints.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { type Done, useChange } from './change.ts';
import { useIncidentTexts } from './texts.ts';

type Props = { readonly incident: IncidentDetail; readonly onDone: (done: Done) => void };
type Resolution = Parameters<typeof resolveIncident>[0]['body'];

/** Says what it really was, or corrects what was said. */
export function Resolve({ incident, onDone }: Props) {
  const { t, i } = useIncidentTexts();
  const params = { incidentId: incident.id };
  const before = incident.cause;
  const back = useChange(incident.id, (body: Resolution) => resolveIncident({ params, body }));
  const resolve = useChange(
    incident.id,
    (body: Resolution) => resolveIncident({ params, body }),
    (_, { cause }) => {
      if (cause === before) return;
      onDone({
        text: i.causeChanged(t.incidents.cause[before], t.incidents.cause[cause]),
        undo: () => back.mutateAsync({ cause: before }),
      });
    },
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
        {i.note}
        <input className="field" name="note" maxLength={4000} autoComplete="off" />
      </label>
      <p className="form-hint">{i.resolveHint}</p>
      <button type="submit" className="button" disabled={resolve.isPending}>
        {incident.resolved === null ? i.resolve : i.correct}
      </button>
      <Wrong error={resolve.error} />
    </form>
  );
}
