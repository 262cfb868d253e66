import type { RegionCode } from '../../domain/region.ts';
import { OFFICER_REPORTS, type OfficerReportKind } from '../../domain/report.ts';
import { millis } from './query.ts';
import type { Sql } from './sql.ts';

export type NewOfficerReport = {
  /** Chosen by the telephone. */
  readonly id: string;
  readonly villageCode: RegionCode;
  /** Null: of both hotspots. */
  readonly siteId: string | null;
  readonly accountId: string;
  readonly kind: OfficerReportKind;
  readonly noticedAt: number;
  readonly at: number;
  readonly incidentId: string | null;
  /** Null where there is none, or where the incident keeps it. */
  readonly photo: {
    readonly contentType: string;
    readonly width: number;
    readonly height: number;
    readonly bytes: Uint8Array;
  } | null;
};

export type OfficerReport = {
  readonly id: string;
  readonly siteId: string | null;
  readonly kind: OfficerReportKind;
  readonly noticedAt: number;
  readonly at: number;
  readonly by: string;
  readonly incidentId: string | null;
  readonly hasPhoto: boolean;
};

export type OfficerReports = ReturnType<typeof officerReports>;

const MOST_SHOWN = 50;

type Row = Omit<OfficerReport, 'kind' | 'noticedAt' | 'at'> & { kind: string; noticedAt: Date; at: Date };
const shape = ({ kind, ...row }: Row): OfficerReport => ({
  ...row,
  kind: OFFICER_REPORTS.find((one) => one === kind) ?? 'other',
  noticedAt: millis(row.noticedAt),
  at: millis(row.at),
});

/** What officers reported of the hotspots of their village. */
export function officerReports(sql: Sql) {
  return {
    /** @returns false where a report of this name is kept already: nothing changes then */
    async add(report: NewOfficerReport, within: Sql = sql): Promise<boolean> {
      const { photo } = report;
      const added = await within.run(
        `INSERT INTO officer_report (id, village_code, site_id, account_id, kind, noticed_at, at, incident_id,
           photo_type, photo_width, photo_height, photo)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (id) DO NOTHING`,
        [
          report.id,
          report.villageCode,
          report.siteId,
          report.accountId,
          report.kind,
          new Date(report.noticedAt),
          new Date(report.at),
          report.incidentId,
          photo?.contentType ?? null,
          photo?.width ?? null,
          photo?.height ?? null,
          photo === null ? null : Buffer.from(photo.bytes),
        ],
      );
      return added > 0;
    },

    async has(id: string): Promise<boolean> {
      return (await sql.query('SELECT 1 FROM officer_report WHERE id = $1', [id])).length > 0;
    },

    /** Since a moment, the newest first and 50 at most. */
    async of(villageCode: RegionCode, since: number): Promise<readonly OfficerReport[]> {
      const rows = await sql.query<Row>(
        `SELECT o.id, o.site_id AS "siteId", o.kind, o.noticed_at AS "noticedAt", o.at, a.display_name AS by,
           o.incident_id AS "incidentId", o.photo IS NOT NULL AS "hasPhoto"
         FROM officer_report o JOIN account a ON a.id = o.account_id
         WHERE o.village_code = $1 AND o.at >= $2 ORDER BY o.at DESC, o.id LIMIT ${MOST_SHOWN}`,
        [villageCode, new Date(since)],
      );
      return rows.map(shape);
    },

    /** Null where there is none: never sent, or forgotten. */
    async photo(
      id: string,
    ): Promise<{ readonly villageCode: RegionCode; readonly contentType: string; readonly bytes: Buffer } | null> {
      const rows = await sql.query<{ villageCode: RegionCode; contentType: string; bytes: Buffer }>(
        `SELECT village_code AS "villageCode", photo_type AS "contentType", photo AS bytes
         FROM officer_report WHERE id = $1 AND photo IS NOT NULL`,
        [id],
      );
      return rows[0] ?? null;
    },

    /** @returns how many were removed */
    removeBefore: (at: number): Promise<number> => sql.run('DELETE FROM officer_report WHERE at < $1', [new Date(at)]),
  };
}
