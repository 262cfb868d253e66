import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import type { Outage } from '../../../core/contract/outages.ts';
import { mergeIncident, splitIncident } from '../../api/endpoints.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { OutageRows } from '../../components/OutageRows.tsx';
import { type Done, useChange } from './change.ts';
import { useMayWork } from './may-work.ts';
import { useIncidentTexts } from './texts.ts';

const FEW = 12;

type Props = { readonly incident: IncidentDetail; readonly onDone: (done: Done) => void };

function Split({ incident, onDone, onClose }: Props & { readonly onClose: () => void }) {
  const { t, i, f } = useIncidentTexts();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const params = { incidentId: incident.id };
  const back = useChange(incident.id, (incidentIds: string[]) => mergeIncident({ params, body: { incidentIds } }));
  const split = useChange(
    incident.id,
    (outageIds: string[]) => splitIncident({ params, body: { outageIds } }),
    (made) => {
      onClose();
      onDone({
        text: (
          <>
            {i.splitOff}{' '}
            <Link to="/incidents/$incidentId" params={{ incidentId: made.id }}>
              #{f.number(made.number)}
            </Link>
          </>
        ),
        undo: () => back.mutateAsync([made.id]),
      });
    },
  );
  const toggle = ({ id }: Outage) =>
    setPicked(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
  return (
    <div className="incident-pick">
      <p className="form-hint">{i.splitHint}</p>
      <ul>
        {incident.outages.map((outage) => (
          <li key={outage.id}>
            <label className="check">
              <input type="checkbox" checked={picked.includes(outage.id)} onChange={() => toggle(outage)} />
              <span>
                {outage.deviceName}
                <span className="small muted incident-pick-line">
                  {outage.siteName} · {f.moment(outage.startedAt, Date.now())}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <Wrong error={split.error} />
      <div className="form-actions">
        <button
          type="button"
          className="button primary"
          disabled={picked.length === 0 || picked.length >= incident.outageCount || split.isPending}
          onClick={() => split.mutate([...picked])}
        >
          {i.split(f.number(picked.length))}
        </button>
        <button type="button" className="button quiet" onClick={onClose}>
          {t.action.cancel}
        </button>
      </div>
    </div>
  );
}

/** The devices that are or were down, and the way to take some of them out. */
export function Outages({ incident, onDone }: Props) {
  const { t, i, f } = useIncidentTexts();
  const mayWork = useMayWork(incident);
  const [isSplitting, setSplitting] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? incident.outages : incident.outages.slice(0, FEW);
  return (
    <section>
      <div className="section-head">
        <h2>{i.outages(f.number(incident.outageCount))}</h2>
        {mayWork && incident.outageCount > 1 && !isSplitting && (
          <button type="button" className="button quiet" onClick={() => setSplitting(true)}>
            {i.splitOpen}
          </button>
        )}
      </div>
      {isSplitting ? (
        <Split incident={incident} onDone={onDone} onClose={() => setSplitting(false)} />
      ) : (
        <>
          <OutageRows outages={shown} withDevice />
          {shown.length < incident.outages.length && (
            <button type="button" className="button quiet" onClick={() => setWhole(true)}>
              {t.link.more(f.number(incident.outages.length))}
            </button>
          )}
        </>
      )}
      {incident.outageCount > incident.outages.length && (
        <p className="small muted">{i.moreOutages(f.number(incident.outages.length))}</p>
      )}
    </section>
  );
}
