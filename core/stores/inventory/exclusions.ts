import { randomUUID } from 'node:crypto';
import type { Exclusion, NewExclusion } from '../../contract/exclusions.ts';
import { AppError } from '../../domain/errors.ts';
import type { Interval } from '../../domain/intervals.ts';
import type { RegionCode } from '../../domain/region.ts';
import { Conditions, millis, type Page, type PageAsked, paged } from './query.ts';
import type { Sql } from './sql.ts';

const COLUMNS = `e.id, e.scope_kind AS "scopeKind", e.scope_id AS "scopeId", e.from_at AS "from", e.to_at AS "to", e.reason,
  e.note, coalesce(d.name, s.name, l.name, r.name, e.scope_id) AS "scopeName",
  coalesce(ds.region_code, s.region_code, lf.region_code, r.code) AS "regionCode", a.display_name AS "setBy",
  e.set_at AS "setAt", ra.display_name AS "revokedBy", v.revoked_at AS "revokedAt", v.note AS "revokedNote"`;
const FROM = `exclusion e JOIN account a ON a.id = e.set_by
  LEFT JOIN device d ON e.scope_kind = 'device' AND d.id::text = e.scope_id LEFT JOIN site ds ON ds.id = d.site_id
  LEFT JOIN site s ON e.scope_kind = 'site' AND s.id::text = e.scope_id
  LEFT JOIN link l ON e.scope_kind = 'link' AND l.id::text = e.scope_id LEFT JOIN site lf ON lf.id = l.from_site_id
  LEFT JOIN region r ON e.scope_kind = 'region' AND r.code = e.scope_id
  LEFT JOIN exclusion_revocation v ON v.exclusion_id = e.id LEFT JOIN account ra ON ra.id = v.revoked_by`;

type Row = Omit<Exclusion, 'from' | 'to' | 'setAt' | 'revoked'> & {
  from: Date;
  to: Date;
  setAt: Date;
  revokedBy: string | null;
  revokedAt: Date | null;
  revokedNote: string | null;
};
const shape = ({ revokedBy, revokedAt, revokedNote, ...row }: Row): Exclusion => ({
  ...row,
  from: millis(row.from),
  to: millis(row.to),
  setAt: millis(row.setAt),
  revoked: revokedAt === null ? null : { by: revokedBy ?? '', at: millis(revokedAt), note: revokedNote ?? '' },
});

export type ExclusionFilter = PageAsked & {
  readonly region?: RegionCode | '' | undefined;
  readonly scopeKind?: Exclusion['scopeKind'] | undefined;
  readonly scopeId?: string | undefined;
  /** Those that touch the range. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly withRevoked?: boolean | undefined;
};

/** Who does it, and when. */
type By = { readonly accountId: string; readonly at: number };

export type Exclusions = ReturnType<typeof exclusions>;

export function exclusions(sql: Sql) {
  async function one(id: string): Promise<Exclusion | null> {
    const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM ${FROM} WHERE e.id = $1`, [id]);
    return rows[0] === undefined ? null : shape(rows[0]);
  }
  async function stored(id: string): Promise<Exclusion> {
    const exclusion = await one(id);
    if (exclusion === null) throw new Error('an exclusion that was just stored is gone');
    return exclusion;
  }

  return {
    get: one,

    /** The latest first. */
    list(filter: ExclusionFilter): Promise<Page<Exclusion>> {
      const conditions = new Conditions()
        .within('coalesce(ds.region_code, s.region_code, lf.region_code, r.code)', filter.region)
        .equals('e.scope_kind', filter.scopeKind)
        .equals('e.scope_id', filter.scopeId);
      if (filter.from !== undefined) conditions.and(`e.to_at > ${conditions.value(new Date(filter.from))}`);
      if (filter.to !== undefined) conditions.and(`e.from_at < ${conditions.value(new Date(filter.to))}`);
      if (filter.withRevoked !== true) conditions.and('v.exclusion_id IS NULL');
      return paged(sql, {
        columns: COLUMNS,
        from: FROM,
        conditions,
        orderBy: 'e.from_at DESC, e.id',
        asked: filter,
        shape,
      });
    },

    /** All that touch a period, as they stood at `asOf`; in order of time. */
    async inForce({ from, to }: Interval, asOf: number): Promise<readonly Exclusion[]> {
      const rows = await sql.query<Row>(
        `SELECT ${COLUMNS} FROM ${FROM}
         WHERE e.to_at > $1 AND e.from_at < $2 AND e.set_at <= $3 AND (v.revoked_at IS NULL OR v.revoked_at > $3)
         ORDER BY e.from_at, e.to_at, e.id`,
        [new Date(from), new Date(to), new Date(asOf)],
      );
      return rows.map(shape);
    },

    /** @throws AppError `bad-input` where it ends before it begins */
    async create(exclusion: NewExclusion, by: By): Promise<Exclusion> {
      const id = randomUUID();
      const { scopeKind, scopeId, from, to, reason, note } = exclusion;
      await sql.run(
        `INSERT INTO exclusion (id, scope_kind, scope_id, from_at, to_at, reason, note, set_by, set_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [id, scopeKind, scopeId, new Date(from), new Date(to), reason, note, by.accountId, new Date(by.at)],
      );
      return await stored(id);
    },

    /** @throws AppError `conflict` where it is revoked already */
    async revoke(id: string, note: string, by: By): Promise<Exclusion> {
      const made = await sql.run(
        `INSERT INTO exclusion_revocation (exclusion_id, note, revoked_by, revoked_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (exclusion_id) DO NOTHING`,
        [id, note, by.accountId, new Date(by.at)],
      );
      if (made === 0) throw new AppError('conflict', 'it is revoked already');
      return await stored(id);
    },
  };
}
