import type { PortalDay } from '../../../contract/portal/session.ts';
import type { Day } from '../../../domain/portal/day.ts';
import type { RegionCode } from '../../../domain/region.ts';
import { Conditions, type Page, type PageAsked } from '../query.ts';
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

const isWithin = ({ region }: PortalDayFilter): boolean => region !== undefined && region !== '';

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
    async list(filter: PortalDayFilter = {}): Promise<Page<PortalDay>> {
      const conditions = new Conditions().within('s.region_code', filter.region).equals('d.site_id', filter.siteId);
      if (filter.from !== undefined) conditions.and(`d.day >= ${conditions.value(filter.from)}::date`);
      if (filter.to !== undefined) conditions.and(`d.day <= ${conditions.value(filter.to)}::date`);
      const page = filter.page ?? 1;
      const pageSize = filter.pageSize ?? 100;
      // A site that is gone keeps its counts, in no region.
      const from = `portal_days d ${isWithin(filter) ? 'JOIN site s ON s.id = d.site_id' : ''} ${conditions.where}`;
      // Counted apart, so that the page itself is read in the order of its key and no further.
      const [items, totals] = await Promise.all([
        sql.query<PortalDay>(
          `SELECT ${COLUMNS} FROM ${from} ORDER BY d.day DESC, d.site_id, d.method
           LIMIT ${Number(pageSize)} OFFSET ${(Number(page) - 1) * Number(pageSize)}`,
          conditions.values,
        ),
        sql.query<{ total: number }>(`SELECT count(*)::int AS total FROM ${from}`, conditions.values),
      ]);
      return { items: [...items], total: totals[0]?.total ?? 0, page, pageSize };
    },

    /** Sums by day and regency (the first five characters of the code), over all ways in. */
    async byRegency(
      filter: Pick<PortalDayFilter, 'region' | 'from' | 'to'>,
    ): Promise<readonly (Omit<PortalDay, 'siteId' | 'method'> & { readonly regencyCode: string })[]> {
      const conditions = new Conditions().within('s.region_code', filter.region).and('d.day = t.day');
      const edge = (day: Day | undefined, end: 'min' | 'max'): string =>
        day === undefined ? `(SELECT ${end}(day) FROM portal_days)` : `${conditions.value(day)}::date`;
      const from = edge(filter.from, 'min');
      const to = edge(filter.to, 'max');
      // Day by day: sums of a year at once do not fit into the memory of a query.
      return await sql.query(
        `SELECT t.day::text, x.* FROM (SELECT ${from} + n AS day FROM generate_series(0, ${to} - ${from}) n) t
         CROSS JOIN LATERAL (
           SELECT left(s.region_code, 5) AS "regencyCode",
             ${SUMS.map((name) => `sum(d.${name})::float8 AS "${FIELD[name] ?? name}"`).join(', ')}
           FROM portal_days d JOIN site s ON s.id = d.site_id ${conditions.where} GROUP BY 1
         ) x ORDER BY t.day DESC, 2 LIMIT 20000`,
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
