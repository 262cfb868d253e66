import type { PortalCounts, PortalDayCounts } from '../../../contract/portal/figure-routes.ts';
import type { LoginHealth, PortalSiteRow } from '../../../contract/portal/site-routes.ts';
import type { RegionCode } from '../../../domain/region.ts';
import { Conditions, type Page, type PageAsked, paged } from '../query.ts';
import type { Sql } from '../sql.ts';

type Within = { readonly region: RegionCode | '' };
type Days = Within & {
  /** First and last day of the province's zone, `2026-11-22`. */
  readonly from: string;
  readonly to: string;
};
type Since = Within & { readonly since: number; readonly now: number };

export type RegencyDay = PortalDayCounts & { readonly code: RegionCode; readonly name: string };
export type SiteList = PageAsked & Since & { readonly q?: string | undefined };
export type HealthSpan = { readonly siteId: string; readonly from: number; readonly to: number; readonly now: number };

/** `16.03` of `16.03.11.2009`; a site that stands higher up counts for where it stands. */
const REGENCY = 'substr(s.region_code, 1, 5)';
const SUMS = ['arrivals', 'logins', 'refusals', 'sessions', 'devices', 'seconds', 'up_octets', 'down_octets'] as const;
const COUNTS = SUMS.map((name) => `coalesce(sum(d.${name}), 0)::bigint AS ${name}`).join(', ');
const DAYS_OF_SITES = 'portal_days d JOIN site s ON s.id = d.site_id';

type CountsRow = Readonly<Record<(typeof SUMS)[number], string>>;
const countsOf = (row: CountsRow): PortalCounts => ({
  arrivals: Number(row.arrivals),
  logins: Number(row.logins),
  refusals: Number(row.refusals),
  sessions: Number(row.sessions),
  devices: Number(row.devices),
  seconds: Number(row.seconds),
  upOctets: Number(row.up_octets),
  downOctets: Number(row.down_octets),
});

/** `date_part` counts in float8, `extract` in numeric: many times slower to sort. */
const ONLINE_MS = "date_part('epoch', l.used_at - l.arrived_at) * 1000";

/** What became of a login is known once it was used, or can be used no more. */
const health = (now: string): string => `
  count(*) FILTER (WHERE l.used_at IS NOT NULL OR l.expires_at <= ${now})::int AS issued,
  count(l.used_at)::int AS online,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ${ONLINE_MS})) AS p50,
  round(percentile_cont(0.95) WITHIN GROUP (ORDER BY ${ONLINE_MS})) AS p95`;
type HealthRow = {
  readonly issued: number | null;
  readonly online: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
};
const healthOf = ({ issued, online, p50, p95 }: HealthRow): LoginHealth => ({
  issued: issued ?? 0,
  online: online ?? 0,
  onlineMsP50: p50,
  onlineMsP95: p95,
});

/** What screens ask over many sites at once; nothing here names a person or a device. */
export function portalFigures(sql: Sql) {
  const within = ({ region }: Within): Conditions => new Conditions().within('s.region_code', region);
  const inDays = (asked: Days): Conditions => {
    const conditions = within(asked);
    return conditions.and(
      `d.day BETWEEN ${conditions.value(asked.from)}::date AND ${conditions.value(asked.to)}::date`,
    );
  };

  return {
    /** Days with anything counted, oldest first. */
    async byDay(asked: Days): Promise<readonly PortalDayCounts[]> {
      const conditions = inDays(asked);
      const rows = await sql.query<CountsRow & { readonly day: string }>(
        `SELECT to_char(d.day, 'YYYY-MM-DD') AS day, ${COUNTS} FROM ${DAYS_OF_SITES} ${conditions.where}
         GROUP BY d.day ORDER BY d.day`,
        conditions.values,
      );
      return rows.map((row) => ({ day: row.day, ...countsOf(row) }));
    },

    async byRegency(asked: Days): Promise<ReadonlyMap<RegionCode, PortalCounts>> {
      const conditions = inDays(asked);
      const rows = await sql.query<CountsRow & { readonly code: string }>(
        `SELECT ${REGENCY} AS code, ${COUNTS} FROM ${DAYS_OF_SITES} ${conditions.where} GROUP BY 1`,
        conditions.values,
      );
      return new Map(rows.map((row) => [row.code, countsOf(row)]));
    },

    async byRegencyAndDay(asked: Days): Promise<readonly RegencyDay[]> {
      const conditions = within(asked);
      const from = `${conditions.value(asked.from)}::date`;
      const to = `${conditions.value(asked.to)}::date`;
      conditions.and(`d.day = ${from} + t.n`);
      // Day by day: sums of a year at once do not fit into the memory of a query.
      const rows = await sql.query<CountsRow & { readonly day: string; readonly code: string; readonly name: string }>(
        `SELECT to_char(${from} + t.n, 'YYYY-MM-DD') AS day, coalesce(r.name, x.code) AS name, x.*
         FROM generate_series(0, ${to} - ${from}) AS t(n) CROSS JOIN LATERAL (
           SELECT ${REGENCY} AS code, ${COUNTS} FROM ${DAYS_OF_SITES} ${conditions.where} GROUP BY 1
         ) x LEFT JOIN region r ON r.code = x.code ORDER BY t.n, x.code`,
        conditions.values,
      );
      return rows.map((row) => ({ day: row.day, code: row.code, name: row.name, ...countsOf(row) }));
    },

    /** Regencies with a gateway, and how many people are online in each. */
    async regencies(
      asked: Within,
    ): Promise<
      readonly { readonly code: RegionCode; readonly name: string; readonly sites: number; readonly live: number }[]
    > {
      const conditions = within(asked);
      return await sql.query(
        `SELECT x.code, coalesce(r.name, x.code) AS name, x.sites, x.live FROM (
           SELECT ${REGENCY} AS code, count(*)::int AS sites, coalesce(sum(v.live), 0)::int AS live
           FROM site s JOIN (SELECT DISTINCT site_id FROM portal_gateways) g ON g.site_id = s.id
           LEFT JOIN (SELECT site_id, count(*) AS live FROM portal_sessions WHERE ended_at IS NULL GROUP BY site_id) v
             ON v.site_id = s.id ${conditions.where} GROUP BY 1
         ) x LEFT JOIN region r ON r.code = x.code ORDER BY 2`,
        conditions.values,
      );
    },

    async gateways(asked: Since): Promise<{ readonly all: number; readonly silent: number }> {
      const conditions = within(asked).and('g.enabled');
      const since = conditions.value(new Date(asked.since));
      const rows = await sql.query<{ all: number; silent: number }>(
        `SELECT count(*)::int AS all, count(*) FILTER (WHERE g.seen_at IS NULL OR g.seen_at < ${since})::int AS silent
         FROM portal_gateways g JOIN site s ON s.id = g.site_id ${conditions.where}`,
        conditions.values,
      );
      return rows[0] ?? { all: 0, silent: 0 };
    },

    async health(asked: Since): Promise<LoginHealth> {
      const conditions = within(asked);
      conditions.and(`l.issued_at >= ${conditions.value(new Date(asked.since))}`);
      const now = conditions.value(new Date(asked.now));
      const rows = await sql.query<HealthRow>(
        `SELECT ${health(now)} FROM portal_logins l JOIN site s ON s.id = l.site_id ${conditions.where}`,
        conditions.values,
      );
      return healthOf(rows[0] ?? { issued: 0, online: 0, p50: null, p95: null });
    },

    async healthByRegency(asked: Since): Promise<ReadonlyMap<RegionCode, LoginHealth>> {
      const conditions = within(asked);
      conditions.and(`l.issued_at >= ${conditions.value(new Date(asked.since))}`);
      const now = conditions.value(new Date(asked.now));
      const rows = await sql.query<HealthRow & { readonly code: string }>(
        `SELECT ${REGENCY} AS code, ${health(now)} FROM portal_logins l JOIN site s ON s.id = l.site_id
         ${conditions.where} GROUP BY 1`,
        conditions.values,
      );
      return new Map(rows.map((row) => [row.code, healthOf(row)]));
    },

    /** Steps in which somebody tried, by the start of the step (whole steps since the epoch). */
    async healthSteps({ siteId, from, to, now }: HealthSpan, stepMs: number) {
      const rows = await sql.query<HealthRow & { readonly step: string }>(
        `SELECT floor(extract(epoch FROM l.issued_at) * 1000 / $4)::bigint AS step, ${health('$5')}
         FROM portal_logins l WHERE l.site_id = $1 AND l.issued_at >= $2 AND l.issued_at < $3 GROUP BY 1`,
        [siteId, new Date(from), new Date(to), stepMs, new Date(now)],
      );
      return new Map(rows.map((row) => [Number(row.step) * stepMs, healthOf(row)]));
    },

    /** Different devices that came online in exactly this region since; null where it has no gateway. */
    async devicesSince(region: RegionCode, since: number): Promise<number | null> {
      const [row] = await sql.query<{ gateways: number; devices: number }>(
        `SELECT (SELECT count(*)::int FROM portal_gateways g JOIN site s ON s.id = g.site_id WHERE s.region_code = $1)
             AS gateways,
           (SELECT count(DISTINCT x.mac_hash)::int FROM portal_sessions x JOIN site s ON s.id = x.site_id
            WHERE s.region_code = $1 AND (x.ended_at IS NULL OR x.ended_at >= $2)) AS devices`,
        [region, new Date(since)],
      );
      return row === undefined || row.gateways === 0 ? null : row.devices;
    },

    /** When a session is over at the latest by what its login was granted, UTC ms; null where nothing limits it. */
    async endsBy(sessionId: string): Promise<number | null> {
      const [row] = await sql.query<{ endsBy: Date | null }>(
        `SELECT x.started_at + (l.grant_given->>'seconds')::float8 * interval '1 second' AS "endsBy"
         FROM portal_sessions x JOIN portal_logins l ON l.id = x.login_id WHERE x.id = $1`,
        [sessionId],
      );
      return row?.endsBy?.getTime() ?? null;
    },

    /** Sites with a gateway: where the largest share of logins fails comes first, then by name. */
    async sites(asked: SiteList): Promise<Page<PortalSiteRow>> {
      // Of the view, so that the states of these sites alone are worked out.
      const conditions = new Conditions()
        .within('st.region_code', asked.region)
        .contains(['s.name', 's.code'], asked.q);
      const since = conditions.value(new Date(asked.since));
      const now = conditions.value(new Date(asked.now));
      type Row = HealthRow &
        Omit<PortalSiteRow, 'health' | 'seenAt'> & { readonly seenAt: Date | null; readonly failing: number };
      return await paged(sql, {
        columns: `s.id AS "siteId", s.name AS "siteName", s.region_code AS "regionCode",
          coalesce(st.state, 'unknown') AS state, coalesce(p.enabled, true) AS enabled, g.gateways, g.seen_at AS "seenAt", coalesce(v.live, 0)::int AS live,
          h.issued, h.online, h.p50, h.p95,
          CASE WHEN coalesce(h.issued, 0) = 0 THEN 0 ELSE 1 - h.online::float8 / h.issued END AS failing`,
        from: `site s JOIN site_state st ON st.site_id = s.id
          JOIN (
            SELECT site_id, count(*)::int AS gateways, max(seen_at) AS seen_at FROM portal_gateways GROUP BY site_id
          ) g ON g.site_id = s.id
          LEFT JOIN portal_sites p ON p.site_id = s.id
          LEFT JOIN (SELECT site_id, count(*) AS live FROM portal_sessions WHERE ended_at IS NULL GROUP BY site_id) v
            ON v.site_id = s.id
          LEFT JOIN (SELECT l.site_id, ${health(now)} FROM portal_logins l WHERE l.issued_at >= ${since} GROUP BY 1) h
            ON h.site_id = s.id`,
        conditions,
        orderBy: 'failing DESC, s.name, s.id',
        asked,
        shape: ({ issued, online, p50, p95, failing: _, seenAt, ...row }: Row) => ({
          ...row,
          seenAt: seenAt?.getTime() ?? null,
          health: healthOf({ issued, online, p50, p95 }),
        }),
      });
    },
  };
}
