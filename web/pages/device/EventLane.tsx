import { Link } from '@tanstack/react-router';
import type { Incident } from '../../../core/contract/incidents.ts';
import { useIncidentWords } from '../../components/incident-words.ts';
import type { Stretch } from './chart-span.ts';
import { useDeviceTexts } from './texts.ts';

export type PlannedTime = Stretch & { readonly id: string; readonly title: string };

/** Incidents and maintenance by name, over the charts that their pale bands lie upon. */
export function EventLane({
  incidents,
  planned,
  from,
  to,
}: Stretch & { readonly incidents: readonly Incident[]; readonly planned: readonly PlannedTime[] }) {
  const { d, f } = useDeviceTexts();
  const words = useIncidentWords();
  if (incidents.length + planned.length === 0) return null;
  const share = (at: number): number => (100 * (Math.min(to, Math.max(from, at)) - from)) / (to - from);
  const placed = (start: number, end: number | null) => (node: HTMLElement | null) => {
    // What has only just begun keeps its whole width.
    node?.style.setProperty('left', `min(${share(start)}%, calc(100% - 24px))`);
    node?.style.setProperty('width', `${share(end ?? to) - share(start)}%`);
  };
  const when = (start: number, end: number | null): string =>
    end === null ? f.since(start, to) : `${f.moment(start, to)}–${f.moment(end, start)} (${f.lasting(end - start)})`;
  return (
    <figure className="chart events">
      <figcaption>
        <strong>{d.events}</strong>
      </figcaption>
      <ul className="event-lane">
        {incidents.map((incident) => {
          const name = d.incident(f.number(incident.number), words.title(incident));
          return (
            <li key={incident.id} ref={placed(incident.startedAt, incident.endedAt)}>
              <Link
                to="/incidents/$incidentId"
                params={{ incidentId: incident.id }}
                className="event event-down"
                data-tip={`${name}. ${words.cause(incident).text}. ${when(incident.startedAt, incident.endedAt)}`}
                aria-label={`${name}, ${when(incident.startedAt, incident.endedAt)}`}
              >
                <span className="event-name">{f.number(incident.number)}</span>
              </Link>
            </li>
          );
        })}
        {planned.map(({ id, title, from: start, to: end }) => (
          <li key={`${id} ${start}`} ref={placed(start, end)}>
            <Link
              to="/maintenance"
              className="event event-planned"
              data-tip={`${d.maintenance(title)}. ${when(start, end)}`}
              aria-label={`${d.maintenance(title)}, ${when(start, end)}`}
            >
              <span className="event-name">{title}</span>
            </Link>
          </li>
        ))}
      </ul>
    </figure>
  );
}
