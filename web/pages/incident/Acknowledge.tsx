import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import { acknowledgeIncident, unacknowledgeIncident } from '../../api/endpoints.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { useChange } from './change.ts';
import { useMayWork } from './may-work.ts';

/** The first thing one does: it stands at the head of the page, on a phone as well. */
export function Acknowledge({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useTexts();
  const mayWork = useMayWork(incident);
  const acknowledge = useChange(incident.id, () => acknowledgeIncident({ params: { incidentId: incident.id } }));
  if (!mayWork || incident.acknowledged !== null || incident.closedAt !== null) return null;
  return (
    <>
      <Wrong error={acknowledge.error} />
      <button
        type="button"
        className="button primary"
        disabled={acknowledge.isPending}
        onClick={() => acknowledge.mutate(undefined)}
      >
        {t.incidents.acknowledge}
      </button>
    </>
  );
}

/** Stands away from where it was acknowledged: a second click there takes nothing back. */
export function Unacknowledge({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useTexts();
  const mayWork = useMayWork(incident);
  const takeBack = useChange(incident.id, () => unacknowledgeIncident({ params: { incidentId: incident.id } }));
  if (!mayWork || incident.acknowledged === null || incident.closedAt !== null) return null;
  return (
    <>
      <button
        type="button"
        className="button quiet incident-take-back"
        disabled={takeBack.isPending}
        onClick={() => takeBack.mutate(undefined)}
      >
        {t.incidents.unacknowledge}
      </button>
      <Wrong error={takeBack.error} />
    </>
  );
}
