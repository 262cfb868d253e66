import type { EvidenceItem, IncidentDetail, TimelineEvent } from '../../core/contract/incidents.ts';
import { EVIDENCE } from '../../core/domain/cause.ts';
import { CAUSES } from '../../core/domain/incident.ts';
import { officerSaid } from '../../core/domain/officer.ts';
import { isRegionCode } from '../../core/domain/region.ts';
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
  const incident = await incidents.get(incidentId, scope.grant);
  if (incident === null) return null;
  const [evidence, timeline, down] = await Promise.all([
    evidenceItems(inventory, scope, incidentId),
    incidents.timeline(incidentId),
    outages.list({ incidentId, region: scope.grant, pageSize: MOST_OUTAGES }),
  ]);
  return {
    ...incident,
    evidence,
    timeline: timeline.map((event) => eventOf(event, scope)),
    outages: down.items.toSorted((a, b) => a.startedAt - b.startedAt),
    outageCount: down.total,
    isMine: scope.covers(incident.regionCode),
  };
}

/** What stands outside the region speaks as well, without its name. */
async function evidenceItems(
  { incidents, devices, maintenance, regions }: Pick<Inventory, 'incidents' | 'devices' | 'maintenance' | 'regions'>,
  scope: Scope,
  incidentId: string,
): Promise<EvidenceItem[]> {
  const items = await incidents.evidence(incidentId);
  const nameOf = async (kind: string, id: string): Promise<string | null> => {
    if (kind === 'in-maintenance') return (await maintenance.get(id))?.title ?? null;
    if (isRegionCode(id)) return scope.covers(id) ? ((await regions.get(id))?.name ?? null) : null;
    const device = await devices.get(id);
    return device !== null && scope.covers(device.regionCode) ? device.name : null;
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
