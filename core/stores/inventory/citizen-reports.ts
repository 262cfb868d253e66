import { MINUTE } from '../../domain/clock.ts';
import type { RegionCode } from '../../domain/region.ts';
import { CITIZEN_REPORTS, type CitizenReportKind } from '../../domain/report.ts';
import type { State } from '../../domain/state.ts';
import { Conditions, millis } from './query.ts';
import type { Sql } from './sql.ts';

export type ReportedSite = {
  readonly siteId: string;
  readonly siteName: string;
  readonly regionCode: RegionCode;
  readonly regionName: string;
  readonly state: State;
  /** By minute and kind, the oldest first. */
  readonly reports: readonly {
    readonly minute: number;
    readonly kind: CitizenReportKind;
    readonly people: number;
  }[];
};

export type CitizenReports = ReturnType<typeof citizenReports>;

/** More sites than report at once; the rows of one are bounded by the minutes of the range. */
const MOST_ROWS = 50_000;

type Row = Omit<ReportedSite, 'reports'> & { readonly minute: Date; readonly kind: string; readonly people: number };

/** How many people reported what at a site, by the minute; who they are is not kept. */
export function citizenReports(sql: Sql) {
  return {
    async add(siteId: string, kind: CitizenReportKind, at: number): Promise<void> {
      await sql.run(
        `INSERT INTO citizen_report AS r (site_id, minute, kind, people) VALUES ($1, $2, $3, 1)
         ON CONFLICT (site_id, minute, kind) DO UPDATE SET people = r.people + 1`,
        [siteId, new Date(Math.floor(at / MINUTE) * MINUTE), kind],
      );
    },

    /** Sites with a report in the range, both of whose ends belong to it. */
    async between(
      from: number,
      to: number,
      {
        region,
        siteIds,
      }: { readonly region?: RegionCode | '' | undefined; readonly siteIds?: readonly string[] | undefined },
    ): Promise<readonly ReportedSite[]> {
      if (siteIds?.length === 0) return [];
      const conditions = new Conditions().within('s.region_code', region);
      const since = Math.floor(from / MINUTE) * MINUTE;
      conditions.and(`c.minute BETWEEN ${conditions.value(new Date(since))} AND ${conditions.value(new Date(to))}`);
      if (siteIds !== undefined) conditions.and(`c.site_id = ANY(${conditions.value([...siteIds])}::uuid[])`);
      const rows = await sql.query<Row>(
        `SELECT c.site_id AS "siteId", s.name AS "siteName", s.region_code AS "regionCode",
           coalesce(r.name, s.region_code) AS "regionName", coalesce(st.state, 'unknown') AS state, c.minute, c.kind,
           c.people
         FROM citizen_report c JOIN site s ON s.id = c.site_id LEFT JOIN region r ON r.code = s.region_code
           LEFT JOIN site_state st ON st.site_id = s.id ${conditions.where}
         ORDER BY c.minute, c.site_id, c.kind LIMIT ${MOST_ROWS}`,
        conditions.values,
      );
      const sites = new Map<string, ReportedSite & { readonly reports: ReportedSite['reports'][number][] }>();
      for (const { minute, kind, people, ...site } of rows) {
        const known = CITIZEN_REPORTS.find((one) => one === kind);
        if (known === undefined) continue;
        const entry = sites.get(site.siteId) ?? { ...site, reports: [] };
        entry.reports.push({ minute: millis(minute), kind: known, people });
        sites.set(site.siteId, entry);
      }
      return [...sites.values()];
    },

    /** @returns how many rows were removed */
    removeBefore: (at: number): Promise<number> =>
      sql.run('DELETE FROM citizen_report WHERE minute < $1', [new Date(at)]),
  };
}
