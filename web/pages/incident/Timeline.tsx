import { Link } from '@tanstack/react-router';
import type { TimelineEvent } from '../../../core/contract/incidents.ts';
import { Moment } from '../../components/Moments.tsx';
import { useTexts } from '../../i18n/texts.tsx';

/** Who did what and when, the latest first. */
export function Timeline({ events }: { readonly events: readonly TimelineEvent[] }) {
  const { t, f } = useTexts();
  const words = t.incidents;
  return (
    <section>
      <h2>{words.timeline}</h2>
      <ol className="timeline">
        {events.toReversed().map(({ id, at, kind, by, text, cause, count, incident }) => (
          <li key={id}>
            <span className="small muted">
              <Moment at={at} />
            </span>
            <div>
              <p>
                <strong>{by ?? words.system}</strong> {words.event[kind]}
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
              {text !== null && <p className="timeline-text">{text}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
