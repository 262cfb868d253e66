import { type RegionCode, regionLevel } from '../../domain/region.ts';
import { millisOrNull } from './query.ts';
import type { Sql } from './sql.ts';

/** A device at the place of one that fell. */
export type Neighbour = {
  readonly deviceId: string;
  readonly siteId: string;
  readonly countsForSite: boolean;
  /** A UPS or power box: it tells of the mains, and answers on without them. */
  readonly tellsPower: boolean;
  /** When it fell last, if it did since the moment asked for. */
  readonly fellAt: number | null;
  /** It fell because everything before it was down. */
  readonly isParents: boolean;
};

const MOST = 200;

export type IncidentNeighbours = ReturnType<typeof incidentNeighbours>;

/** What stands beside the devices of an incident, and how much of all could be seen. */
export function incidentNeighbours(sql: Sql) {
  return {
    /** Enabled devices of the same village, or of the same site where the region is larger. */
    async around(
      at: { readonly deviceId: string; readonly siteId: string; readonly regionCode: RegionCode },
      since: number,
    ): Promise<Neighbour[]> {
      const isVillage = regionLevel(at.regionCode) === 'village';
      const rows = await sql.query<Omit<Neighbour, 'fellAt'> & { fellAt: Date | null }>(
        `SELECT d.id AS "deviceId", d.site_id AS "siteId", coalesce(k.counts_for_site, true) AS "countsForSite",
           d.kind IN ('ups', 'power-box') AS "tellsPower", o.started_at AS "fellAt",
           coalesce(o.cause = 'parent', false) AS "isParents"
         FROM device d JOIN site s ON s.id = d.site_id LEFT JOIN device_kind k ON k.id = d.kind
           LEFT JOIN LATERAL (
             SELECT started_at, cause FROM outage
             WHERE device_id = d.id AND started_at >= $3 ORDER BY started_at LIMIT 1
           ) o ON true
         WHERE d.enabled AND d.id <> $1 AND ${isVillage ? 's.region_code' : 's.id::text'} = $2
         ORDER BY d.id LIMIT ${MOST}`,
        [at.deviceId, isVillage ? at.regionCode : at.siteId, new Date(since)],
      );
      return rows.map((row) => ({ ...row, fellAt: millisOrNull(row.fellAt) }));
    },

    /**
     * Share of all devices that became unseen so near to a moment because the collector saw nothing. Those that were
     * seen again before it do not count.
     */
    async shareUnseen(around: number, withinMs: number): Promise<number> {
      const rows = await sql.query<{ unseen: number; total: number }>(
        `SELECT (SELECT count(DISTINCT c.device_id) FROM state_change c
                 WHERE c.at BETWEEN $1 AND $2 AND c.state = 'unknown'
                   AND c.reason IN ('collector-blind', 'collector-stopped', 'collector-away')
                   AND NOT EXISTS (SELECT 1 FROM state_change n WHERE n.device_id = c.device_id AND n.at > c.at
                     AND n.at < $3 AND n.state <> 'unknown'))::int AS unseen,
           (SELECT count(*) FROM device WHERE enabled)::int AS total`,
        [new Date(around - withinMs), new Date(around + withinMs), new Date(around)],
      );
      const { unseen = 0, total = 0 } = rows[0] ?? {};
      return total === 0 ? 0 : unseen / total;
    },
  };
}
