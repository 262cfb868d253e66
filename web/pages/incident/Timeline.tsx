import { Link } from '@tanstack/react-router';
import type { TimelineEvent } from '../../../core/contract/incidents.ts';
import { Moment } from '../../components/Moments.tsx';
import { useIncidentTexts } from './texts.ts';

function Line({ event }: { readonly event: TimelineEvent }) {
  const { t, i, f } = useIncidentTexts();
  const words = t.incidents;
  const { kind, by, text, cause, count, incident, officer } = event;
  const village = officer?.village ?? null;
  const who = by ?? (officer === null ? i.system : village === null ? t.role.officer : i.photoOf(village));
  const answered =
    officer?.question == null || officer.answer === null
      ? null
      : `${i.officer.question[officer.question]} ${i.officer.answer[officer.answer]}`;
  return (
    <li>
      <span className="small muted">
        <Moment at={event.at} />
      </span>
      <div>
        <p>
          <strong>{who}</strong> {words.event[kind]}
          {incident !== null && (
            <>
              {' '}
              <Link to="/incidents/$incidentId" params={{ incidentId: incident.id }}>
                #{f.number(incident.number)}
              </Link>
            </>
          )}
          {cause !== null && `: ${words.cause[cause]}`}
          {count !== null && count > 1 && ` (${words.effect.devices(f.number(count))})`}
        </p>
        {event.report !== undefined && <p className="timeline-text">{i.reported[event.report]}</p>}
        {answered !== null && <p className="timeline-text">{answered}</p>}
        {text !== null && <p className="timeline-text">{text}</p>}
      </div>
    </li>
  );
}

/** Who did what and when, the latest first. */
export function Timeline({ events }: { readonly events: readonly TimelineEvent[] }) {
  const { i } = useIncidentTexts();
  return (
    <section>
      <h2>{i.timeline}</h2>
      <ol className="timeline">
        {events.toReversed().map((event) => (
          <Line key={event.id} event={event} />
        ))}
      </ol>
    </section>
  );
}
