import { useQuery } from '@tanstack/react-query';
import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import { assignIncident } from '../../api/endpoints.ts';
import { assigneesQuery } from '../../api/queries.ts';
import { useAccount } from '../../frame/account.ts';
import { type Done, useChange } from './change.ts';
import { TakenBack } from './TakenBack.tsx';
import { useIncidentTexts } from './texts.ts';

type Props = { readonly incident: IncidentDetail; readonly onDone: (done: Done) => void };

export function Assign({ incident, onDone }: Props) {
  const { i } = useIncidentTexts();
  const me = useAccount();
  const params = { incidentId: incident.id };
  const { assignee } = incident;
  const people = useQuery(assigneesQuery(incident.id)).data?.items ?? [];
  const give = (accountId: string | null) => assignIncident({ params, body: { accountId } });
  const back = useChange(incident.id, give);
  const assign = useChange(
    incident.id,
    give,
    ({ assignee: now }, _, was) =>
      onDone({
        text: now === null ? i.unassigned : i.assignedTo(now.name),
        undo: () => back.mutateAsync(was?.assignee?.id ?? null),
      }),
    (accountId) => ({ assignee: people.find(({ id }) => id === accountId) ?? null }),
  );
  const mayTake = me !== null && assignee?.id !== me.id && people.some(({ id }) => id === me.id);
  return (
    <div className="incident-action">
      <label className="labelled">
        {i.assignTo}
        <select
          className="field"
          value={assignee?.id ?? ''}
          disabled={assign.isPending}
          onChange={({ target }) => assign.mutate(target.value === '' ? null : target.value)}
        >
          <option value="">{i.noAssignee}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {mayTake && (
        <button type="button" className="button" disabled={assign.isPending} onClick={() => assign.mutate(me.id)}>
          {i.takeIt}
        </button>
      )}
      <TakenBack error={assign.error} />
    </div>
  );
}
