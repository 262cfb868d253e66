import type { Incident } from '../../contract/incidents.ts';
import { AppError } from '../../domain/errors.ts';
import type { OfficerAnswer } from '../../domain/officer.ts';
import type { SiteKind } from '../../domain/site.ts';
import type { State } from '../../domain/state.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import type { OfficerGrant } from './officer-link.ts';

export type OfficerParts = {
  readonly inventory: Pick<Inventory, 'incidents' | 'sites' | 'regions' | 'officerAnswers' | 'photos'>;
};

export type OfficerSite = {
  readonly name: string;
  readonly kind: SiteKind;
  readonly state: State;
  readonly since: number | null;
};

/** All that an officer sees of an incident: their own village, and nothing else of it. */
export type OfficerIncident = {
  /** The one that has the outages of the village now, where these were taken over or split off. */
  readonly incident: Pick<Incident, 'id' | 'regionCode' | 'startedAt' | 'endedAt'>;
  readonly village: { readonly code: string; readonly name: string };
  /** Sites of the village that it takes down, in the state of now. */
  readonly sites: readonly OfficerSite[];
  /** Nothing is asked any more. */
  readonly isOver: boolean;
  /** All of the sites work now. */
  readonly isBack: boolean;
  /** It has ended, and yet some of the sites are down: for another reason. */
  readonly isDownAgain: boolean;
  readonly isPlanned: boolean;
  /** Somebody looks after it. */
  readonly isHandled: boolean;
  readonly answers: readonly OfficerAnswer[];
  /** How many photographs officers of the village sent. */
  readonly photos: number;
};

const MOST_SITES = 20;
/** Merges do not go round; a few are followed. */
const MOST_MERGES = 10;

/** @throws AppError `not-found` where the incident or the village is gone */
export async function officerIncident({ inventory }: OfficerParts, grant: OfficerGrant): Promise<OfficerIncident> {
  const { incidents, sites, regions, officerAnswers, photos } = inventory;
  const { villageCode } = grant;
  const [incident, village] = await Promise.all([standing(incidents, grant), regions.get(villageCode)]);
  if (incident === null || village === null) throw new AppError('not-found', 'there is no such incident any more');
  const [affected, known, answers, counted] = await Promise.all([
    incidents.sites(incident.id, { pageSize: MOST_SITES }, villageCode),
    sites.standingIn(villageCode),
    officerAnswers.of(incident.id),
    photos.count(incident.id, villageCode),
  ]);
  const ids = new Set(affected.items.map(({ siteId }) => siteId));
  const hotspots = known.filter(({ id, kind }) => ids.has(id) || (ids.size === 0 && kind.startsWith('village-')));
  const isBack = hotspots.length > 0 && hotspots.every(({ state }) => state === 'up' || state === 'degraded');
  return {
    incident,
    village: { code: villageCode, name: village.name },
    sites: hotspots.slice(0, MOST_SITES).map(({ name, kind, state, since }) => ({ name, kind, state, since })),
    isOver: incident.endedAt !== null || isBack,
    isBack,
    isDownAgain: incident.endedAt !== null && hotspots.some(({ state }) => state === 'down'),
    isPlanned: incident.cause === 'planned',
    isHandled: incident.acknowledged !== null || incident.assignee !== null,
    answers: answers.filter((answer) => answer.villageCode === villageCode),
    photos: counted.ofVillage,
  };
}

/** A link that was sent leads to whichever incident has the village's outages now. */
async function standing(
  incidents: Pick<Inventory['incidents'], 'get' | 'splitOff'>,
  { incidentId, villageCode }: OfficerGrant,
): Promise<Incident | null> {
  let incident = await incidents.get(incidentId);
  for (let n = 0; n < MOST_MERGES && incident !== null && incident.mergedInto !== null; n++)
    incident = await incidents.get(incident.mergedInto);
  if (incident === null) return null;
  const splitOff = await incidents.splitOff(incident.id, villageCode);
  return splitOff === null ? incident : await incidents.get(splitOff);
}
