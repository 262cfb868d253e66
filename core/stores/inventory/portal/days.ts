import type { PortalDay } from '../../../contract/portal/session.ts';
import type { Day } from '../../../domain/portal/day.ts';
import type { RegionCode } from '../../../domain/region.ts';
import { Conditions, type Page, type PageAsked, paged } from '../query.ts';
import type { Sql } from '../sql.ts';

/** What is added to the counts of one day, site and way in; nothing that is not given. */
export type DayCounts = Pick<PortalDay, 'day' | 'siteId' | 'method'> &
  Partial<Pick<PortalDay, 'arrivals' | 'logins' | 'refusals'>>;

export type PortalDayFilter = PageAsked & {
  readonly region?: RegionCode | '' | undefined;
  readonly siteId?: string | undefined;
  /** Both belong to it. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
};

const SUMS = ['arrivals', 'logins', 'refusals', 'sessions', 'devices', 'seconds', 'up_octets', 'down_octets'] as const;
const FIELD: Readonly<Record<string, string>> = { up_octets: 'upOctets', down_octets: 'downOctets' };
const COLUMNS = `d.day::text, d.site_id AS "siteId", d.method,
  ${SUMS.map((name) => `d.${name}::float8 AS "${FIELD[name] ?? name}"`).join(', ')}`;

export type PortalDayStore = ReturnType<typeof portalDays>;

/** Counts without people, kept for good. */
export function portalDays(sql: Sql) {
  return {
    /** In one statement, in an order of rows that all writers share, so that none waits for another in a circle. */
    async add(counts: readonly DayCounts[], within: Sql = sql): Promise<void> {
      if (counts.length === 0) return;
      await within.query(
        `INSERT INTO portal_days AS d (day, site_id, method, arrivals, logins, refusals)
         SELECT n.day, n."siteId", n.method, coalesce(sum(n.arrivals), 0), coalesce(sum(n.logins), 0),
           coalesce(sum(n.refusals), 0)
         FROM jsonb_to_recordset($1::jsonb) AS n(day date, "siteId" uuid, method text, arrivals int, logins int,
           refusals int)
         GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
         ON CONFLICT (day, site_id, method) DO UPDATE SET arrivals = d.arrivals + excluded.arrivals,
           logins = d.logins + excluded.logins, refusals = d.refusals + excluded.refusals`,
        [JSON.stringify(counts)],
        'portal-days-add',
      );
    },

    /** Newest first. */
    list(filter: PortalDayFilter = {}): Promise<Page<PortalDay>> {
      const conditions = new Conditions().within('s.region_code', filter.region).equals('d.site_id', filter.siteId);
      if (filter.from !== undefined) conditions.and(`d.day >= ${conditions.value(filter.from)}::date`);
      if (filter.to !== undefined) conditions.and(`d.day <= ${conditions.value(filter.to)}::date`);
      return paged(sql, {
        columns: COLUMNS,
        // A site that is gone keeps its counts, in no region.
        from: 'portal_days d LEFT JOIN site s ON s.id = d.site_id',
        conditions,
        orderBy: 'd.day DESC, d.site_id, d.method',
        asked: filter,
        shape: (row: PortalDay) => row,
      });
    },

    /** Sums by day and regency (the first five characters of the code), over all ways in. */
    async byRegency(
      filter: Pick<PortalDayFilter, 'region' | 'from' | 'to'>,
    ): Promise<readonly (Omit<PortalDay, 'siteId' | 'method'> & { readonly regencyCode: string })[]> {
      const conditions = new Conditions().within('s.region_code', filter.region);
      if (filter.from !== undefined) conditions.and(`d.day >= ${conditions.value(filter.from)}::date`);
      if (filter.to !== undefined) conditions.and(`d.day <= ${conditions.value(filter.to)}::date`);
      return await sql.query(
        `SELECT d.day::text, left(s.region_code, 5) AS "regencyCode",
           ${SUMS.map((name) => `sum(d.${name})::float8 AS "${FIELD[name] ?? name}"`).join(', ')}
         FROM portal_days d JOIN site s ON s.id = d.site_id ${conditions.where}
         GROUP BY 1, 2 ORDER BY 1 DESC, 2 LIMIT 20000`,
        conditions.values,
      );
    },

    /**
     * Counts the different devices of a day anew, from its sessions: exact however often it is done.
     * @param from midnight at which the day begins @param to at which it ends, UTC ms
     */
    async countDevices(day: Day, from: number, to: number): Promise<void> {
      await sql.run(
        `INSERT INTO portal_days AS d (day, site_id, method, devices)
         SELECT $1::date, site_id, method, count(DISTINCT mac_hash) FROM portal_sessions
         WHERE started_at >= $2 AND started_at < $3 GROUP BY site_id, method ORDER BY site_id, method
         ON CONFLICT (day, site_id, method) DO UPDATE SET devices = excluded.devices
           WHERE d.devices IS DISTINCT FROM excluded.devices`,
        [day, new Date(from), new Date(to)],
      );
    },
  };
}
