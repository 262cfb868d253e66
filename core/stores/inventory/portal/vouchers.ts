import { randomUUID } from 'node:crypto';
import type { NewVoucherBatch, VoucherBatch, VoucherUse } from '../../../contract/portal/voucher.ts';
import { AppError } from '../../../domain/errors.ts';
import type { RegionCode } from '../../../domain/region.ts';
import { Conditions, dateOrNull, millis, millisOrNull, type Page, type PageAsked, paged } from '../query.ts';
import type { Sql } from '../sql.ts';

/** What a way in must know of one voucher. */
export type StoredVoucher = {
  readonly batchId: string;
  readonly serial: number;
  readonly siteId: string | null;
  readonly regionCode: RegionCode | null;
  readonly planId: string | null;
  readonly validSeconds: number | null;
  readonly validUntil: number;
  readonly firstUsedAt: number | null;
  readonly expiresAt: number | null;
  /** It or its whole batch. */
  readonly voidedAt: number | null;
  /** Hours of its plan, or of the plan named by whoever asked; minutes since midnight. */
  readonly hours: { readonly opensAt: number | null; readonly closesAt: number | null };
};

const BATCH_FROM = `portal_voucher_batches b LEFT JOIN site s ON s.id = b.site_id
  LEFT JOIN portal_plans p ON p.id = b.plan_id LEFT JOIN account a ON a.id = b.created_by`;
const BATCH_COLUMNS = `b.id, b.name, b.site_id AS "siteId", s.name AS "siteName", b.region_code AS "regionCode",
  b.plan_id AS "planId", p.name AS "planName", b.count, b.valid_seconds AS "validSeconds",
  b.valid_until AS "validUntil", b.created_at AS "createdAt", a.display_name AS "createdByName", b.voided_at AS "voidedAt",
  (SELECT count(*) FROM portal_vouchers v WHERE v.batch_id = b.id AND v.first_used_at IS NOT NULL)::int AS used,
  (CASE WHEN b.voided_at IS NOT NULL THEN b.count ELSE
     (SELECT count(*) FROM portal_vouchers v WHERE v.batch_id = b.id AND v.voided_at IS NOT NULL) END)::int AS voided`;
type BatchRow = Omit<VoucherBatch, 'validUntil' | 'createdAt' | 'voidedAt'> & {
  validUntil: Date;
  createdAt: Date;
  voidedAt: Date | null;
};
const shapeBatch = (row: BatchRow): VoucherBatch => ({
  ...row,
  validUntil: millis(row.validUntil),
  createdAt: millis(row.createdAt),
  voidedAt: millisOrNull(row.voidedAt),
});

type VoucherRow = Omit<StoredVoucher, 'validUntil' | 'firstUsedAt' | 'expiresAt' | 'voidedAt' | 'hours'> & {
  validUntil: Date;
  firstUsedAt: Date | null;
  expiresAt: Date | null;
  voidedAt: Date | null;
} & {
  opensAt: number | null;
  closesAt: number | null;
};

type UseRow = Omit<VoucherUse, 'firstUsedAt' | 'expiresAt' | 'voidedAt' | 'seconds' | 'octets'> & {
  firstUsedAt: Date | null;
  expiresAt: Date | null;
  voidedAt: Date | null;
  seconds: string;
  octets: string;
};

/** Vouchers by batch; of a code only its keyed hash is here. */
export function portalVouchers(sql: Sql) {
  async function get(id: string, within: Sql = sql): Promise<VoucherBatch> {
    const rows = await within.query<BatchRow>(`SELECT ${BATCH_COLUMNS} FROM ${BATCH_FROM} WHERE b.id = $1`, [id]);
    if (rows[0] === undefined) throw new AppError('not-found', 'there is no such batch of vouchers');
    return shapeBatch(rows[0]);
  }

  return {
    /** @throws AppError `not-found` */
    get: (id: string): Promise<VoucherBatch> => get(id),

    /** Newest first. @param region of the site or district that they are valid in */
    list(filter: PageAsked & { readonly region?: RegionCode | '' | undefined }): Promise<Page<VoucherBatch>> {
      const conditions = new Conditions().within('coalesce(b.region_code, s.region_code)', filter.region);
      return paged(sql, {
        columns: BATCH_COLUMNS,
        from: BATCH_FROM,
        conditions,
        orderBy: 'b.created_at DESC, b.id',
        asked: filter,
        shape: shapeBatch,
      });
    },

    /**
     * A batch with its codes' hashes, serials from 1 in their order.
     * @returns null where one of the hashes is another voucher's: nothing is kept then
     * @throws AppError `conflict` for a site or plan that does not exist
     */
    async create(
      batch: NewVoucherBatch,
      codeHashes: readonly string[],
      by: string | null,
      at: number,
    ): Promise<VoucherBatch | null> {
      return await sql.transaction(async (tx) => {
        const taken = await tx.query('SELECT 1 FROM portal_vouchers WHERE code_hash = ANY ($1::text[]) LIMIT 1', [
          codeHashes,
        ]);
        if (taken.length > 0) return null;
        const id = randomUUID();
        await tx.run(
          `INSERT INTO portal_voucher_batches
             (id, name, site_id, region_code, plan_id, count, valid_seconds, valid_until, created_at, created_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [
            id,
            batch.name.trim(),
            batch.siteId,
            batch.regionCode,
            batch.planId,
            codeHashes.length,
            batch.validSeconds,
            dateOrNull(batch.validUntil),
            new Date(at),
            by,
          ],
        );
        await tx.run(
          `INSERT INTO portal_vouchers (code_hash, batch_id, serial)
           SELECT hash, $2, place FROM unnest($1::text[]) WITH ORDINALITY AS n(hash, place)`,
          [codeHashes, id],
        );
        return await get(id, tx);
      });
    },

    /** @param planId whose hours count where the batch names no plan */
    async find(codeHash: string, planId: string | null): Promise<StoredVoucher | null> {
      const rows = await sql.query<VoucherRow>(
        `SELECT v.batch_id AS "batchId", v.serial, b.site_id AS "siteId", b.region_code AS "regionCode",
           b.plan_id AS "planId", b.valid_seconds AS "validSeconds", b.valid_until AS "validUntil",
           v.first_used_at AS "firstUsedAt", v.expires_at AS "expiresAt",
           least(v.voided_at, b.voided_at) AS "voidedAt", p.opens_at AS "opensAt", p.closes_at AS "closesAt"
         FROM portal_vouchers v JOIN portal_voucher_batches b ON b.id = v.batch_id
         LEFT JOIN portal_plans p ON p.id = coalesce(b.plan_id, $2) WHERE v.code_hash = $1`,
        [codeHash, planId],
      );
      const [row] = rows;
      if (row === undefined) return null;
      const { opensAt, closesAt, ...rest } = row;
      return {
        ...rest,
        validUntil: millis(row.validUntil),
        firstUsedAt: millisOrNull(row.firstUsedAt),
        expiresAt: millisOrNull(row.expiresAt),
        voidedAt: millisOrNull(row.voidedAt),
        hours: { opensAt, closesAt },
      };
    },

    /**
     * Starts the time of a voucher, once.
     * @returns when it ends, UTC ms; null where it was voided meanwhile
     */
    async firstUse(codeHash: string, at: number): Promise<number | null> {
      const rows = await sql.query<{ expiresAt: Date }>(
        `UPDATE portal_vouchers v SET first_used_at = coalesce(v.first_used_at, $2),
           expires_at = coalesce(v.expires_at, least(b.valid_until, $2 + b.valid_seconds * interval '1 second'))
         FROM portal_voucher_batches b
         WHERE b.id = v.batch_id AND v.code_hash = $1 AND v.voided_at IS NULL AND b.voided_at IS NULL
         RETURNING v.expires_at AS "expiresAt"`,
        [codeHash, new Date(at)],
      );
      return rows[0] === undefined ? null : millis(rows[0].expiresAt);
    },

    /**
     * Makes vouchers worthless: a whole batch, or some serials of it; no device comes back with them. What was void stays
     * as it was.
     * @returns how many became void @throws AppError `not-found`
     */
    async voidOf(batchId: string, serials: readonly number[] | null, at: number): Promise<number> {
      return await sql.transaction(async (tx) => {
        await get(batchId, tx);
        if (serials === null)
          await tx.run('UPDATE portal_voucher_batches SET voided_at = coalesce(voided_at, $2) WHERE id = $1', [
            batchId,
            new Date(at),
          ]);
        const voided = await tx.query<{ codeHash: string }>(
          `UPDATE portal_vouchers SET voided_at = $2
           WHERE batch_id = $1 AND voided_at IS NULL AND ($3::int[] IS NULL OR serial = ANY ($3::int[]))
           RETURNING code_hash AS "codeHash"`,
          [batchId, new Date(at), serials],
        );
        await tx.run(
          'UPDATE portal_logins SET reentry_until = $2 WHERE subject_hash = ANY ($1::text[]) AND reentry_until > $2',
          [voided.map(({ codeHash }) => codeHash), new Date(at)],
        );
        return voided.length;
      });
    },

    /** Which hashes are of this batch, by serial: sheets are printed of true codes alone. */
    async serialsOf(batchId: string, codeHashes: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const rows = await sql.query<{ codeHash: string; serial: number }>(
        `SELECT code_hash AS "codeHash", serial FROM portal_vouchers WHERE batch_id = $1 AND code_hash = ANY ($2::text[])`,
        [batchId, codeHashes],
      );
      return new Map(rows.map(({ codeHash, serial }) => [codeHash, serial]));
    },

    /** Use of each voucher, by serial, as far back as sessions are kept. */
    async use(batchId: string, filter: PageAsked & { readonly used?: boolean | undefined }): Promise<Page<VoucherUse>> {
      const conditions = new Conditions().equals('v.batch_id', batchId);
      if (filter.used !== undefined)
        conditions.and(`(v.first_used_at IS NOT NULL) = ${filter.used ? 'true' : 'false'}`);
      const { page = 1, pageSize = 100 } = filter;
      const from = `portal_vouchers v JOIN portal_voucher_batches b ON b.id = v.batch_id ${conditions.where}`;
      // Use is summed up of the page alone.
      const [rows, totals] = await Promise.all([
        sql.query<UseRow>(
          `SELECT v.serial, v.first_used_at AS "firstUsedAt", v.expires_at AS "expiresAt", v.voided_at AS "voidedAt",
             u.sessions::int, u.seconds::text, u.octets::text
           FROM (
             SELECT v.serial, v.code_hash, v.first_used_at, v.expires_at, least(v.voided_at, b.voided_at) AS voided_at
             FROM ${from} ORDER BY v.serial LIMIT ${Number(pageSize)} OFFSET ${(Number(page) - 1) * Number(pageSize)}
           ) v CROSS JOIN LATERAL (
             SELECT count(t.id) AS sessions, coalesce(sum(t.seconds), 0) AS seconds,
               coalesce(sum(t.up_octets + t.down_octets), 0) AS octets
             FROM portal_logins l JOIN portal_sessions t ON t.login_id = l.id
             WHERE v.first_used_at IS NOT NULL AND l.subject_hash = v.code_hash
           ) u ORDER BY v.serial`,
          conditions.values,
        ),
        sql.query<{ total: number }>(`SELECT count(*)::int AS total FROM ${from}`, conditions.values),
      ]);
      const items = rows.map(
        ({ seconds, octets, ...row }): VoucherUse => ({
          ...row,
          firstUsedAt: millisOrNull(row.firstUsedAt),
          expiresAt: millisOrNull(row.expiresAt),
          voidedAt: millisOrNull(row.voidedAt),
          seconds: Number(seconds),
          octets: Number(octets),
        }),
      );
      return { items, total: totals[0]?.total ?? 0, page, pageSize };
    },
  };
}
