import { randomUUID } from 'node:crypto';
import type { Outage } from '../../contract/outages.ts';
import type { RegionCode } from '../../domain/region.ts';
import { Conditions, millis, millisOrNull, type Page, type PageAsked, paged } from './query.ts';
import type { Sql } from './sql.ts';

// Nearest first; a province says nothing to people who run one, so it is left out.
export const PLACE_OF_SITE = `(SELECT string_agg(p.name, ', ' ORDER BY p.code DESC) FROM region p
  WHERE p.code IN (s.region_code, left(s.region_code, 8), left(s.region_code, 5)) AND (p.level <> 'province' OR s.region_code = p.code))`;
const COLUMNS = `o.id, o.device_id AS "deviceId", d.name AS "deviceName", s.id AS "siteId", s.name AS "siteName",
  s.kind AS "siteKind", s.region_code AS "regionCode", coalesce(${PLACE_OF_SITE}, '') AS place, o.started_at AS "startedAt",
  o.detected_at AS "detectedAt", o.ended_at AS "endedAt", o.reason, o.cause, o.own_since AS "ownSince"`;
const FROM = 'outage o JOIN device d ON d.id = o.device_id JOIN site s ON s.id = d.site_id';

type Row = Omit<Outage, 'startedAt' | 'detectedAt' | 'endedAt' | 'ownSince'> & {
  startedAt: Date;
  detectedAt: Date;
  endedAt: Date | null;
  ownSince: Date | null;
};
const shape = (row: Row): Outage => ({
  ...row,
  startedAt: millis(row.startedAt),
  detectedAt: millis(row.detectedAt),
  endedAt: millisOrNull(row.endedAt),
  ownSince: millisOrNull(row.ownSince),
});

export type OutageFilter = PageAsked & {
  readonly region?: RegionCode | '' | undefined;
  readonly open?: boolean | undefined;
  readonly deviceId?: string | undefined;
  readonly siteId?: string | undefined;
  readonly incidentId?: string | undefined;
  /** Outages that touch the range. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly q?: string | undefined;
};

export type Outages = ReturnType<typeof outages>;

export function outages(sql: Sql) {
  return {
    async get(id: string): Promise<Outage | null> {
      const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM ${FROM} WHERE o.id = $1`, [id]);
      return rows[0] === undefined ? null : shape(rows[0]);
    },

    /** Newest first. */
    list(filter: OutageFilter): Promise<Page<Outage>> {
      const conditions = new Conditions()
        .within('s.region_code', filter.region)
        .equals('o.device_id', filter.deviceId)
        .equals('s.id', filter.siteId)
        .contains(['d.name', 's.name', 'd.host', 'o.reason'], filter.q);
      if (filter.incidentId !== undefined) {
        const incident = conditions.value(filter.incidentId);
        conditions.and(`o.id IN (SELECT outage_id FROM incident_outage WHERE incident_id = ${incident})`);
      }
      if (filter.open !== undefined) conditions.and(`o.ended_at IS ${filter.open ? '' : 'NOT '}NULL`);
      if (filter.from !== undefined) {
        conditions.and(`o.ended_at IS NULL OR o.ended_at > ${conditions.value(new Date(filter.from))}`);
      }
      if (filter.to !== undefined) conditions.and(`o.started_at < ${conditions.value(new Date(filter.to))}`);
      return paged(sql, {
        columns: COLUMNS,
        from: FROM,
        conditions,
        orderBy: 'o.started_at DESC, o.id',
        asked: filter,
        shape,
      });
    },

    async countOpen(region?: RegionCode | ''): Promise<number> {
      const conditions = new Conditions().within('s.region_code', region).and('o.ended_at IS NULL');
      const rows = await sql.query<{ total: number }>(
        `SELECT count(*)::int AS total FROM ${FROM} ${conditions.where}`,
        conditions.values,
      );
      return rows[0]?.total ?? 0;
    },

    /** Outages of the past, laid down in bulk; one that is there already (same device and start) is passed over. */
    async layDown(
      past: readonly {
        readonly deviceId: string;
        readonly startedAt: number;
        readonly detectedAt: number;
        readonly endedAt: number;
        readonly reason: string | null;
      }[],
    ): Promise<number> {
      const rows = past.map((outage) => ({
        ...outage,
        id: randomUUID(),
        startedAt: new Date(outage.startedAt).toISOString(),
        detectedAt: new Date(outage.detectedAt).toISOString(),
        endedAt: new Date(outage.endedAt).toISOString(),
      }));
      return await sql.run(
        `INSERT INTO outage (id, device_id, started_at, detected_at, ended_at, reason)
         SELECT o.id, o."deviceId", o."startedAt", o."detectedAt", o."endedAt", o.reason
         FROM jsonb_to_recordset($1::jsonb) AS o(id uuid, "deviceId" uuid, "startedAt" timestamptz,
           "detectedAt" timestamptz, "endedAt" timestamptz, reason text)
         ON CONFLICT DO NOTHING`,
        [JSON.stringify(rows)],
      );
    },
  };
}
