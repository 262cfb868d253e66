import { useQuery } from '@tanstack/react-query';
import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import { assignIncident } from '../../api/endpoints.ts';
import { assigneesQuery } from '../../api/queries.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useAccount } from '../../frame/account.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { type Done, useChange } from './change.ts';

type Props = { readonly incident: IncidentDetail; readonly onDone: (done: Done) => void };

export function Assign({ incident, onDone }: Props) {
  const { t } = useTexts();
  const me = useAccount();
  const params = { incidentId: incident.id };
  const before = incident.assignee;
  const people = useQuery(assigneesQuery(incident.id)).data?.items ?? [];
  const give = (accountId: string | null) => assignIncident({ params, body: { accountId } });
  const back = useChange(incident.id, give);
  const assign = useChange(incident.id, give, ({ assignee }) =>
    onDone({
      text: assignee === null ? t.incidents.unassigned : t.incidents.assignedTo(assignee.name),
      undo: () => back.mutateAsync(before?.id ?? null),
    }),
  );
  const mayTake = me !== null && before?.id !== me.id && people.some(({ id }) => id === me.id);
  return (
    <div className="incident-action">
      <label className="labelled">
        {t.incidents.assignTo}
        <select
          className="field"
          value={before?.id ?? ''}
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
