import type { Cause, RootKind } from '../../domain/incident.ts';
import type { RegionCode } from '../../domain/region.ts';
import { PLACE_OF_SITE } from './outages.ts';
import { millis, millisOrNull } from './query.ts';
import type { Sql } from './sql.ts';

/** An incident as a message tells of it, with whatever decides who is told. */
export type ToldIncident = {
  readonly id: string;
  readonly regionCode: RegionCode | '';
  readonly rootKind: RootKind;
  readonly deviceName: string | null;
  readonly siteName: string | null;
  readonly siteId: string | null;
  readonly siteRegion: RegionCode | null;
  readonly place: string;
  readonly cause: Cause;
  readonly confidence: number;
  readonly isFlapping: boolean;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly closedAt: number | null;
  readonly mergedInto: string | null;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  readonly heldUntil: number | null;
  readonly devices: number;
  readonly sites: number;
  /** Where all that it takes down stands. */
  readonly regionCodes: readonly RegionCode[];
  readonly siteIds: readonly string[];
};

type Moments = 'startedAt' | 'endedAt' | 'closedAt' | 'acknowledgedAt' | 'heldUntil';
type Row = Omit<ToldIncident, Moments> & {
  startedAt: Date;
  endedAt: Date | null;
  closedAt: Date | null;
  acknowledgedAt: Date | null;
  heldUntil: Date | null;
};

/** As they stand within the transaction, by id. */
export async function toldIncidents(tx: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, ToldIncident>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<Row>(
    `SELECT i.id, i.region_code AS "regionCode", i.root_kind AS "rootKind", d.name AS "deviceName",
       s.name AS "siteName", s.id AS "siteId", s.region_code AS "siteRegion", coalesce(${PLACE_OF_SITE}, '') AS place,
       coalesce(i.corrected_cause, i.cause) AS cause,
       CASE WHEN i.corrected_cause IS NULL THEN i.confidence ELSE 1 END AS confidence, i.is_flapping AS "isFlapping",
       i.started_at AS "startedAt", i.ended_at AS "endedAt", i.closed_at AS "closedAt", i.merged_into AS "mergedInto",
       i.acknowledged_at AS "acknowledgedAt", a.display_name AS "acknowledgedBy", i.held_until AS "heldUntil",
       f.devices, f.sites, f.region_codes AS "regionCodes", f.site_ids AS "siteIds"
     FROM incident i
       LEFT JOIN device d ON d.id = i.root_device_id LEFT JOIN site s ON s.id = d.site_id
       LEFT JOIN account a ON a.id = i.acknowledged_by
       LEFT JOIN LATERAL (
         SELECT count(*)::int AS devices, count(DISTINCT fs.id)::int AS sites,
           coalesce(array_agg(DISTINCT fs.region_code), '{}') AS region_codes,
           coalesce(array_agg(DISTINCT fs.id::text), '{}') AS site_ids
         FROM incident_effect e JOIN device fd ON fd.id = e.device_id JOIN site fs ON fs.id = fd.site_id
         WHERE e.incident_id = i.id
       ) f ON true
     WHERE i.id = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        startedAt: millis(row.startedAt),
        endedAt: millisOrNull(row.endedAt),
        closedAt: millisOrNull(row.closedAt),
        acknowledgedAt: millisOrNull(row.acknowledgedAt),
        heldUntil: millisOrNull(row.heldUntil),
      },
    ]),
  );
}
