import type { FeedItem } from '../../contract/now.ts';
import type { IncidentEventKind } from '../../domain/incident.ts';
import { incidentWeight } from '../../domain/incident-weight.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { State } from '../../domain/state.ts';
import { Conditions, millis, millisOrNull } from './query.ts';
import type { Sql } from './sql.ts';

export type Weighed = { readonly id: string; readonly weight: number; readonly isTaken: boolean };
export type NewestEvent = { readonly at: number; readonly kind: IncidentEventKind; readonly by: string | null };
export type BrokenKind = { kind: string; down: number; degraded: number; total: number };

type FeedRow = Omit<FeedItem, 'at'> & { readonly at: Date };
const feedItem = (row: FeedRow): FeedItem => ({ ...row, at: millis(row.at) });
const NOTHING = `NULL::text AS state, NULL::text AS previous, NULL::text AS by, NULL::int AS count`;

export type NowStore = ReturnType<typeof nowStore>;

/** What is broken now, as the first screen of engineers tells it. What lies outside the region is not counted. */
export function nowStore(sql: Sql) {
  const inside = (conditions: Conditions, column: string, region: RegionCode | ''): string =>
    region === ''
      ? 'true'
      : `(${column} = ${conditions.value(region)} OR ${column} LIKE ${conditions.value(`${region}.%`)})`;

  return {
    /** Every incident that goes on and touches the region, the heaviest first, then the oldest. */
    async weighed(region: RegionCode | ''): Promise<Weighed[]> {
      const conditions = new Conditions();
      const rows = await sql.query<{
        id: string;
        startedAt: Date;
        isTaken: boolean;
        population: number;
        agencies: number;
        devices: number;
      }>(
        `WITH touched AS (
           SELECT e.incident_id AS id, s.id AS site_id, s.kind, s.region_code, count(*)::int AS devices
           FROM incident i JOIN incident_effect e ON e.incident_id = i.id
             JOIN device d ON d.id = e.device_id JOIN site s ON s.id = d.site_id
           WHERE i.closed_at IS NULL AND i.merged_into IS NULL AND ${inside(conditions, 's.region_code', region)}
           GROUP BY 1, 2, 3, 4
         ), villages AS (
           SELECT DISTINCT id, region_code FROM touched WHERE kind IN ('village-office', 'village-public')
         ), people AS (
           SELECT v.id, sum(r.population)::int AS population
           FROM villages v JOIN region r ON r.code = v.region_code GROUP BY v.id
         ), sums AS (
           SELECT id, sum(devices)::int AS devices, (count(*) FILTER (WHERE kind = 'agency'))::int AS agencies
           FROM touched GROUP BY id
         )
         SELECT i.id, i.started_at AS "startedAt", i.acknowledged_at IS NOT NULL OR i.assigned_to IS NOT NULL AS "isTaken",
           coalesce(p.population, 0) AS population, coalesce(t.agencies, 0) AS agencies, coalesce(t.devices, 0) AS devices
         FROM incident i LEFT JOIN sums t USING (id) LEFT JOIN people p USING (id)
         WHERE i.closed_at IS NULL AND i.merged_into IS NULL
           AND (t.id IS NOT NULL OR ${inside(conditions, 'i.region_code', region)})`,
        conditions.values,
      );
      return rows
        .map(({ startedAt, ...row }) => ({ ...row, weight: incidentWeight(row), startedAt: millis(startedAt) }))
        .sort((a, b) => b.weight - a.weight || a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))
        .map(({ id, weight, isTaken }) => ({ id, weight, isTaken }));
    },

    /** What happened to each last. */
    async newest(incidentIds: readonly string[]): Promise<ReadonlyMap<string, NewestEvent>> {
      const rows = await sql.query<{ id: string; at: Date; kind: IncidentEventKind; by: string | null }>(
        `SELECT n.id, v.at, v.kind, a.display_name AS by
         FROM (SELECT unnest($1::uuid[]) AS id) n
           JOIN LATERAL (SELECT * FROM incident_event e WHERE e.incident_id = n.id ORDER BY e.id DESC LIMIT 1) v ON true
           LEFT JOIN account a ON a.id = v.account_id`,
        [incidentIds],
      );
      return new Map(rows.map(({ id, at, ...event }) => [id, { ...event, at: millis(at) }]));
    },

    /** Kinds of devices of which some are down or degraded, the most down first. */
    async broken(region: RegionCode | ''): Promise<BrokenKind[]> {
      const conditions = new Conditions().and("d.enabled AND s.status = 'active'").within('s.region_code', region);
      const of = (state: State): string => `(count(*) FILTER (WHERE ds.state = '${state}'))::int`;
      const rows = await sql.query<BrokenKind>(
        `SELECT * FROM (
           SELECT d.kind, ${of('down')} AS down, ${of('degraded')} AS degraded, count(*)::int AS total
           FROM device d JOIN site s ON s.id = d.site_id LEFT JOIN device_status ds ON ds.device_id = d.id
           ${conditions.where} GROUP BY d.kind) k
         WHERE down + degraded > 0 ORDER BY down DESC, degraded DESC, kind`,
        conditions.values,
      );
      return [...rows];
    },

    /** Changes since a moment, newest first, and how many of state there were in all. */
    async feed(
      region: RegionCode | '',
      since: number,
      limit: number,
    ): Promise<{ readonly items: FeedItem[]; readonly stateChanges: number }> {
      const conditions = new Conditions();
      const from = conditions.value(new Date(since));
      const most = Number(limit);
      const place = (column: string): string => inside(conditions, column, region);
      const [rows, counted] = await Promise.all([
        sql.query<FeedRow>(
          `SELECT * FROM (
             (SELECT 'state' AS kind, c.at, d.id, d.name, s.name AS "siteName", c.state, c.previous, NULL::text AS by,
                NULL::int AS count
              FROM state_change c JOIN device d ON d.id = c.device_id JOIN site s ON s.id = d.site_id
              WHERE c.at >= ${from} AND ${place('s.region_code')} ORDER BY c.at DESC LIMIT ${most})
             UNION ALL
             (SELECT CASE WHEN w.cancelled_at IS NULL THEN 'maintenance-set' ELSE 'maintenance-off' END,
                coalesce(w.cancelled_at, w.created_at), w.id, w.title, NULL, NULL, NULL, a.display_name, NULL
              FROM maintenance_window w LEFT JOIN account a ON a.id = coalesce(w.cancelled_by, w.created_by)
              WHERE coalesce(w.cancelled_at, w.created_at) >= ${from} AND ${place('w.region_code')}
              ORDER BY 2 DESC LIMIT ${most})
             UNION ALL
             (SELECT 'device-added', d.created_at, d.id, d.name, s.name, ${NOTHING}
              FROM device d JOIN site s ON s.id = d.site_id
              WHERE d.created_at >= ${from} AND ${place('s.region_code')} ORDER BY 2 DESC LIMIT ${most})
             UNION ALL
             (SELECT 'site-added', s.created_at, s.id, s.name, NULL, ${NOTHING}
              FROM site s WHERE s.created_at >= ${from} AND ${place('s.region_code')} ORDER BY 2 DESC LIMIT ${most})
             UNION ALL
             (SELECT 'batch', b.at, NULL, '', NULL, NULL, NULL, a.display_name, jsonb_array_length(b.devices)
              FROM device_batch b LEFT JOIN account a ON a.id = b.account_id
              WHERE b.at >= ${from} AND b.undone_at IS NULL AND ${place('b.region_code')} ORDER BY 2 DESC LIMIT ${most})
           ) f ORDER BY at DESC, name LIMIT ${most}`,
          conditions.values,
        ),
        this.stateChanges(region, since),
      ]);
      return { items: rows.map(feedItem), stateChanges: counted };
    },

    async stateChanges(region: RegionCode | '', since: number): Promise<number> {
      const conditions = new Conditions().within('s.region_code', region);
      conditions.and(`c.at >= ${conditions.value(new Date(since))}`);
      const rows = await sql.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM state_change c JOIN device d ON d.id = c.device_id
           JOIN site s ON s.id = d.site_id ${conditions.where}`,
        conditions.values,
      );
      return rows[0]?.count ?? 0;
    },

    /** When the last incident that touches the region ended; null where none ever did. */
    async lastEndedAt(region: RegionCode | ''): Promise<number | null> {
      const conditions = new Conditions().and('i.closed_at IS NOT NULL AND i.merged_into IS NULL');
      if (region !== '')
        conditions.and(`${inside(conditions, 'i.region_code', region)} OR EXISTS (
          SELECT 1 FROM incident_effect e JOIN device d ON d.id = e.device_id JOIN site s ON s.id = d.site_id
          WHERE e.incident_id = i.id AND ${inside(conditions, 's.region_code', region)})`);
      const rows = await sql.query<{ at: Date | null }>(
        `SELECT i.ended_at AS at FROM incident i ${conditions.where} ORDER BY i.started_at DESC LIMIT 1`,
        conditions.values,
      );
      return millisOrNull(rows[0]?.at ?? null);
    },
  };
}
