import { zoneOf } from '../../domain/zone.ts';
import type { IncidentFacts, MessageEvent } from '../../messages/event.ts';
import type { Notice } from '../../stores/inventory/notices.ts';
import type { NewMessage } from '../../stores/inventory/outbox.ts';
import type { ToldIncident } from '../../stores/inventory/told-incidents.ts';

/** Where readers go on from a message. */
export type NoticeLinks = {
  /** Null where there are no links. */
  readonly incident: (incidentId: string) => string | null;
  /** For an officer of a village, who has no account; null where there are no such links. */
  readonly officer: (to: { readonly incidentId: string; readonly villageCode: string }) => string | null;
};

/** A message as the outbox takes it. */
export function messageOf(
  notice: Notice,
  incident: ToldIncident,
  { links, now }: { readonly links: NoticeLinks; readonly now: number },
): NewMessage {
  const { id, channelId, to, language, incidentId } = notice;
  return { id, channelId, to, language, incidentId, event: eventOf(notice, incident, linkOf(notice, links), now) };
}

function linkOf({ incidentId, isOfficer, villageCode, kind }: Notice, links: NoticeLinks): string | null {
  if (!isOfficer) return links.incident(incidentId);
  // There is nothing left to answer once it has recovered.
  return villageCode === null || kind === 'recovered' ? null : links.officer({ incidentId, villageCode });
}

function eventOf(
  { kind, step, isOfficer }: Notice,
  told: ToldIncident,
  link: string | null,
  now: number,
): MessageEvent {
  const incident = factsOf(told);
  const linked = link === null ? {} : { link };
  const asked = link === null || !isOfficer ? {} : { asksOfficer: true };
  switch (kind) {
    case 'opened':
      return { type: 'incident-opened', incident, ...linked, ...asked };
    case 'recovered':
      return { type: 'incident-recovered', incident, endedAt: told.endedAt ?? now, ...linked };
    case 'escalated':
      return {
        type: 'incident-escalated',
        incident,
        at: now,
        step: Math.max(1, step),
        acknowledgedBy: told.acknowledgedAt === null ? null : (told.acknowledgedBy ?? ''),
        ...linked,
        ...asked,
      };
  }
}

function factsOf(told: ToldIncident): IncidentFacts {
  const { id, cause, confidence, startedAt, sites, devices, place, siteName } = told;
  const isPlace = told.rootKind === 'place' || told.deviceName === null;
  return {
    incidentId: id,
    name: (isPlace ? siteName : told.deviceName) ?? `#${id.slice(0, 8)}`,
    place: [isPlace ? null : siteName, place].filter((part) => part !== null && part !== '').join(', '),
    state: told.isFlapping ? 'flapping' : 'down',
    cause,
    confidence,
    startedAt,
    sites,
    devices,
    zone: zoneOf(told.regionCode === '' ? (told.siteRegion ?? '') : told.regionCode).label,
  };
}
