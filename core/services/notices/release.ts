import { severityOf } from '../../domain/severity.ts';
import type { Notice } from '../../stores/inventory/notices.ts';
import type { ToldIncident } from '../../stores/inventory/told-incidents.ts';
import { withOwnId } from './notice.ts';

export type Release = {
  /** To be sent now. */
  readonly going: readonly Notice[];
  /** There is nothing left to tell. */
  readonly dropped: readonly Notice[];
  /** To be told of another incident, which took theirs over. */
  readonly moved: readonly Notice[];
};

/** What becomes of messages that quiet hours hold: they go when these are over, or when the incident grows severe. */
export function releaseOf(held: readonly Notice[], incidents: ReadonlyMap<string, ToldIncident>, now: number): Release {
  const ready: Notice[] = [];
  const dropped: Notice[] = [];
  const moved: Notice[] = [];
  for (const notice of held) {
    const incident = incidents.get(notice.incidentId);
    if (incident === undefined) continue;
    if (isPointless(notice, incident)) {
      dropped.push(notice);
      if (incident.mergedInto !== null && notice.kind === 'opened')
        moved.push(withOwnId({ ...notice, incidentId: incident.mergedInto }));
      continue;
    }
    const isThrough = notice.kind !== 'recovered' && notice.heldExcept.includes(severityOf(incident));
    if (isThrough || (notice.heldUntil ?? now) <= now) ready.push(notice);
  }
  // Of several that waited for the same person the last one says all that the others would have.
  const last = new Map(ready.map((notice) => [readerOf(notice), notice]));
  const going = [...last.values()];
  return { going, dropped: [...dropped, ...ready.filter((notice) => !going.includes(notice))], moved };
}

const readerOf = ({ incidentId, recipientId, channelId }: Notice): string =>
  [incidentId, recipientId, channelId].join(' ');

function isPointless(
  { kind, untilAcknowledged }: Notice,
  { mergedInto, closedAt, acknowledgedAt, cause }: ToldIncident,
): boolean {
  if (kind === 'recovered') return false;
  if (mergedInto !== null || closedAt !== null || cause === 'planned') return true;
  return untilAcknowledged && acknowledgedAt !== null;
}
