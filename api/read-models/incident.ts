import type { EvidenceItem, Incident, IncidentDetail, TimelineEvent } from '../../core/contract/incidents.ts';
import { EVIDENCE } from '../../core/domain/cause.ts';
import { isAgencyGrant } from '../../core/domain/grant.ts';
import { CAUSES, type IncidentEventKind } from '../../core/domain/incident.ts';
import { officerSaid } from '../../core/domain/officer.ts';
import { isRegionCode } from '../../core/domain/region.ts';
import { OFFICER_REPORTS } from '../../core/domain/report.ts';
import type { StoredEvent } from '../../core/stores/inventory/incidents.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { Scope } from '../scope.ts';

const MOST_OUTAGES = 500;

/** An incident with what speaks for its cause and what was done, as far as the account may see. */
export async function incidentDetail(
  inventory: Pick<Inventory, 'incidents' | 'outages' | 'devices' | 'maintenance' | 'regions'>,
  scope: Scope,
  incidentId: string,
): Promise<IncidentDetail | null> {
  const { incidents, outages } = inventory;
  const found = await incidents.get(incidentId, scope.holds);
  if (found === null) return null;
  const incident = shownIncident(scope, found);
  const [evidence, timeline, down] = await Promise.all([
    evidenceItems(inventory, scope, incidentId),
    timelineOf(incidents, scope, incidentId),
    outages.list({ incidentId, ...scope.within({}), pageSize: MOST_OUTAGES }),
  ]);
  return {
    ...incident,
    evidence,
    timeline,
    outages: down.items.toSorted((a, b) => a.startedAt - b.startedAt),
    outageCount: down.total,
    isMine: scope.covers(incident.regionCode),
  };
}

/** To an agency its province is one voice: nobody who works on an incident is named. */
export const shownIncident = (scope: Scope, incident: Incident): Incident => ({
  ...incident,
  ...(isAgencyGrant(scope.holds) && {
    assignee: null,
    acknowledged: incident.acknowledged && { ...incident.acknowledged, by: '' },
    resolved: incident.resolved && { ...incident.resolved, by: '' },
  }),
});

/** What an agency is told of the work on an incident; what people say to each other of it is theirs. */
const TOLD_TO_AGENCIES: ReadonlySet<IncidentEventKind> = new Set([
  'opened',
  'cause-found',
  'acknowledged',
  'unacknowledged',
  'cause-corrected',
  'resolved',
  'closed',
]);

async function timelineOf(
  incidents: Inventory['incidents'],
  scope: Scope,
  incidentId: string,
): Promise<TimelineEvent[]> {
  const events = (await incidents.timeline(incidentId)).map((event) => eventOf(event, scope));
  if (isAgencyGrant(scope.holds))
    return events.flatMap((event) =>
      TOLD_TO_AGENCIES.has(event.kind) ? [{ ...event, by: null, text: null, incident: null }] : [],
    );
  // Another incident that it was merged with or split from may touch nothing that is seen.
  const others = new Set(events.flatMap(({ incident }) => incident?.id ?? []));
  const seen = await Promise.all(
    [...others].map(async (id) => ((await incidents.get(id, scope.holds)) === null ? [] : [id])),
  );
  const shown = new Set(seen.flat());
  return events.map((event) =>
    event.incident === null || shown.has(event.incident.id) ? event : { ...event, incident: null },
  );
}

/** What stands outside the region speaks as well, without its name. */
async function evidenceItems(
  { incidents, devices, maintenance, regions }: Pick<Inventory, 'incidents' | 'devices' | 'maintenance' | 'regions'>,
  scope: Scope,
  incidentId: string,
): Promise<EvidenceItem[]> {
  const items = await incidents.evidence(incidentId);
  const nameOf = async (kind: string, id: string): Promise<string | null> => {
    if (kind === 'in-maintenance') {
      const window = await maintenance.get(id);
      return window !== null && scope.covers(window.regionCode) ? window.title : null;
    }
    if (isRegionCode(id)) return scope.covers(id) ? ((await regions.get(id))?.name ?? null) : null;
    const device = await devices.get(id);
    return device !== null && scope.sees(device) ? device.name : null;
  };
  const ids = new Map(items.flatMap(({ kind, of }) => (of === null ? [] : [[of, kind] as const])));
  const names = new Map(await Promise.all([...ids].map(async ([id, kind]) => [id, await nameOf(kind, id)] as const)));
  return items.map(({ kind, figure, at, of }) => ({
    kind,
    figure,
    unit: EVIDENCE[kind],
    at,
    of: of === null ? null : (names.get(of) ?? null),
  }));
}

function eventOf({ id, at, kind, by, data }: StoredEvent, scope: Scope): TimelineEvent {
  const { text, name, cause, count, number } = data;
  // What was split off names where from.
  const incidentId = data['incidentId'] ?? data['from'];
  const report = OFFICER_REPORTS.find((known) => known === data['report']);
  const said = typeof text === 'string' ? text : typeof name === 'string' ? name : null;
  return {
    id,
    at,
    kind,
    by,
    text: said,
    cause: CAUSES.find((known) => known === cause) ?? null,
    count: typeof count === 'number' ? count : null,
    incident: typeof incidentId === 'string' && typeof number === 'number' ? { id: incidentId, number } : null,
    officer: officerOf(data, scope),
    ...(report !== undefined && { report }),
    photoId: typeof data['photoId'] === 'string' ? data['photoId'] : null,
  };
}

function officerOf({ villageCode, village, question, answer }: StoredEvent['data'], scope: Scope) {
  if (typeof villageCode !== 'string') return null;
  const said = officerSaid(question, answer);
  return {
    village: typeof village === 'string' && scope.covers(villageCode) ? village : null,
    question: said?.question ?? null,
    answer: said?.answer ?? null,
  };
}
