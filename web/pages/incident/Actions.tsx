import { type FormEvent, useRef } from 'react';
import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import { commentIncident } from '../../api/endpoints.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useMaySpeak } from '../../frame/account.ts';
import { Assign } from './Assign.tsx';
import { type Done, useChange } from './change.ts';
import { Merge } from './Merge.tsx';
import { useMayWork } from './may-work.ts';
import { Resolve } from './Resolve.tsx';
import { useIncidentTexts } from './texts.ts';

function Comment({ incident }: { readonly incident: IncidentDetail }) {
  const { i } = useIncidentTexts();
  const form = useRef<HTMLFormElement>(null);
  const params = { incidentId: incident.id };
  const comment = useChange(
    incident.id,
    (text: string) => commentIncident({ params, body: { text } }),
    () => form.current?.reset(),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('text') ?? '').trim();
    if (text !== '') comment.mutate(text);
  };
  return (
    <form ref={form} className="incident-action" onSubmit={submit}>
      <label className="labelled">
        {i.comment}
        <textarea className="field" name="text" rows={3} maxLength={4000} required placeholder={i.commentHint} />
      </label>
      <button type="submit" className="button" disabled={comment.isPending}>
        {i.send}
      </button>
      <Wrong error={comment.error} />
    </form>
  );
}

type Props = { readonly incident: IncidentDetail; readonly onDone: (done: Done) => void };

/** What the one who looks may do: everything inside their region, and say something of what reaches into it. */
export function Actions({ incident, onDone }: Props) {
  const { i } = useIncidentTexts();
  const maySpeak = useMaySpeak();
  const mayWork = useMayWork(incident);
  if (incident.mergedInto !== null || !maySpeak) return null;
  return (
    <section className="incident-actions">
      {mayWork && <Assign incident={incident} onDone={onDone} />}
      {!incident.isMine && <p className="secondary">{i.notMine}</p>}
      <Comment incident={incident} />
      {mayWork && <Resolve key={incident.cause} incident={incident} onDone={onDone} />}
      {mayWork && <Merge incident={incident} onDone={onDone} />}
    </section>
  );
}
