import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import { serverNow } from '../../api/endpoint.ts';
import { acknowledgeIncident, unacknowledgeIncident } from '../../api/endpoints.ts';
import { useAccount } from '../../frame/account.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { useChange } from './change.ts';
import { useMayWork } from './may-work.ts';
import { TakenBack } from './TakenBack.tsx';

/** The first thing one does: it stands at the head of the page, on a phone as well. */
export function Acknowledge({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useTexts();
  const mayWork = useMayWork(incident);
  const by = useAccount()?.displayName ?? '';
  const acknowledge = useChange(
    incident.id,
    () => acknowledgeIncident({ params: { incidentId: incident.id } }),
    undefined,
    () => ({ acknowledged: { at: serverNow(), by } }),
  );
  if (!mayWork || incident.acknowledged !== null || incident.closedAt !== null) return null;
  return (
    <>
      <TakenBack error={acknowledge.error} />
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
  const takeBack = useChange(
    incident.id,
    () => unacknowledgeIncident({ params: { incidentId: incident.id } }),
    undefined,
    () => ({ acknowledged: null }),
  );
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
      <TakenBack error={takeBack.error} />
    </>
  );
}
