import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import { getIncident, mergeIncident, splitIncident } from '../../api/endpoints.ts';
import { incidentsQuery } from '../../api/queries.ts';
import { TextFilter } from '../../components/Filters.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useIncidentWords } from '../../components/incident-words.ts';
import { Since } from '../../components/Moments.tsx';
import { Skeleton } from '../../components/Screen.tsx';
import { type Done, useChange } from './change.ts';
import { useIncidentTexts } from './texts.ts';

type Props = { readonly incident: IncidentDetail; readonly onDone: (done: Done) => void };

const SHOWN = 20;

/** Picks among the open incidents those that are the same trouble. */
function Picker({ incident, onDone, onClose }: Props & { readonly onClose: () => void }) {
  const { t, i, f } = useIncidentTexts();
  const words = useIncidentWords();
  const [q, setQ] = useState<string>();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const params = { incidentId: incident.id };
  const query = useQuery(incidentsQuery({ open: true, pageSize: SHOWN, ...(q === undefined ? {} : { q }) }));
  const back = useChange(incident.id, (outageIds: string[]) => splitIncident({ params, body: { outageIds } }));
  const merge = useChange(
    incident.id,
    async (incidentIds: string[]) => {
      const others = await Promise.all(incidentIds.map((incidentId) => getIncident({ params: { incidentId } })));
      const outageIds = others.flatMap(({ outages }) => outages.map(({ id }) => id));
      const answer = await mergeIncident({ params, body: { incidentIds } });
      onDone({
        text: i.merged(f.number(others.length)),
        undo: () => back.mutateAsync(outageIds),
      });
      return answer;
    },
    onClose,
  );
  const others = (query.data?.items ?? []).filter(({ id }) => id !== incident.id);
  const toggle = (id: string) => setPicked(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
  return (
    <div className="incident-pick">
      <p className="form-hint">{i.mergeHint}</p>
      <TextFilter value={q ?? ''} label={i.mergeFind} onChange={setQ} />
      {query.isPending ? (
        <Skeleton rows={3} />
      ) : (
        <ul>
          {others.map((other) => (
            <li key={other.id}>
              <label className="check">
                <input type="checkbox" checked={picked.includes(other.id)} onChange={() => toggle(other.id)} />
                <span>
                  {words.title(other)}
                  <span className="small muted incident-pick-line">
                    #{f.number(other.number)} · {t.incidents.cause[other.cause]} · <Since at={other.startedAt} />
                  </span>
                </span>
              </label>
            </li>
          ))}
          {others.length === 0 && <li className="secondary">{i.mergeNone}</li>}
        </ul>
      )}
      <Wrong error={merge.error} />
      <div className="form-actions">
        <button
          type="button"
          className="button primary"
          disabled={picked.length === 0 || merge.isPending}
          onClick={() => merge.mutate([...picked])}
        >
          {i.merge(f.number(picked.length))}
        </button>
        <button type="button" className="button quiet" onClick={onClose}>
          {t.action.cancel}
        </button>
      </div>
    </div>
  );
}

export function Merge(props: Props) {
  const { i } = useIncidentTexts();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <Picker {...props} onClose={() => setOpen(false)} />;
  return (
    <button type="button" className="button" onClick={() => setOpen(true)}>
      {i.mergeOpen}
    </button>
  );
}
