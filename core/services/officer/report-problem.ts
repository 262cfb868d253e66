import { DAY } from '../../domain/clock.ts';
import { AppError } from '../../domain/errors.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { OfficerReportKind } from '../../domain/report.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import { addPhoto, type PhotoParts } from '../photos/add-photo.ts';

export type ReportParts = PhotoParts & {
  readonly inventory: PhotoParts['inventory'] & Pick<Inventory, 'officerReports' | 'sites' | 'regions'>;
};

export type ReportedProblem = {
  /** Chosen by whoever sends it, so that it is kept once however often it arrives. */
  readonly id: string;
  readonly villageCode: RegionCode;
  readonly accountId: string;
  /** Null: of both hotspots. */
  readonly siteId: string | null;
  readonly kind: OfficerReportKind;
  /** How long ago it was written, by the telephone's own clock; longer than a week counts as one. */
  readonly ageMs: number;
  readonly photo: Uint8Array | null;
};

const OLDEST_MS = 7 * DAY;
/** Of one village: a report is a sentence to a person, not a measurement. */
const MOST_A_DAY = 40;

/**
 * Keeps what the officer of a village reports: beside the village, and in the timeline of its incident where one is
 * open. The same report again changes nothing.
 * @throws AppError as `photoEncoder` does, `bad-input` for a site of another village, `conflict` where the village has
 *   reported as often as a day takes
 */
export async function reportProblem(parts: ReportParts, problem: ReportedProblem): Promise<void> {
  const { inventory, clock } = parts;
  const { officerReports, incidents, sites, regions } = inventory;
  const { id, villageCode, siteId, accountId, kind } = problem;
  if (await officerReports.has(id)) return;
  const at = clock();
  const today = await officerReports.of(villageCode, at - DAY);
  if (today.length >= MOST_A_DAY) throw new AppError('conflict', 'this village has reported often enough for a day');
  if (siteId !== null && (await sites.get(siteId))?.regionCode !== villageCode)
    throw new AppError('bad-input', 'there is no such site in the village');
  const incident = (await incidents.list({ region: villageCode, open: true, pageSize: 1 })).items[0] ?? null;
  const village = { code: villageCode, name: (await regions.get(villageCode))?.name ?? villageCode };
  // First, so that what cannot be read is refused whole.
  const photo = problem.photo === null ? null : await parts.encodePhoto(problem.photo);
  const isForIncident = incident !== null && photo !== null && (await fits(parts, { incident, village, photo }));
  const noticedAt = at - Math.min(Math.max(0, problem.ageMs), OLDEST_MS);
  const added = await inventory.sql.transaction(async (tx) => {
    const row = { id, villageCode, siteId, accountId, kind, noticedAt, at, incidentId: incident?.id ?? null };
    const isNew = await officerReports.add({ ...row, photo: isForIncident ? null : photo }, tx);
    if (isNew && incident !== null) {
      const data = { villageCode, village: village.name, report: kind };
      await incidents.append([{ incidentId: incident.id, at, kind: 'officer-reported', accountId, data }], tx);
    }
    return isNew;
  });
  if (added && incident !== null)
    parts.bus.publish({ type: 'incident-changed', incidentId: incident.id, regionCode: incident.regionCode, at });
}

/** Puts the photograph into the incident; false where that has as many as it takes. */
async function fits(
  parts: ReportParts,
  {
    incident,
    village,
    photo,
  }: {
    readonly incident: { readonly id: string; readonly regionCode: RegionCode };
    readonly village: { readonly code: RegionCode; readonly name: string };
    readonly photo: Awaited<ReturnType<PhotoParts['encodePhoto']>>;
  },
): Promise<boolean> {
  try {
    // Drawn anew already.
    await addPhoto({ ...parts, encodePhoto: async () => photo }, incident, { from: { village }, bytes: photo.bytes });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return false;
    throw error;
  }
}
