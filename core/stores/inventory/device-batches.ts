import { randomUUID } from 'node:crypto';
import type { BatchChange, BatchField } from '../../contract/device-batches.ts';
import type { RegionCode } from '../../domain/region.ts';
import { millis } from './query.ts';
import type { Sql } from './sql.ts';

const COLUMN: Readonly<Record<BatchField, readonly [name: string, type: string]>> = {
  enabled: ['enabled', 'boolean'],
  credentialId: ['credential_id', 'uuid'],
  reachIntervalS: ['reach_interval_s', 'double precision'],
  pollIntervalS: ['poll_interval_s', 'double precision'],
  siteId: ['site_id', 'uuid'],
};

export type BatchValues = { readonly [F in BatchField]?: string | number | boolean | null };
export type StandingDevice = {
  readonly id: string;
  readonly name: string;
  readonly siteId: string;
  readonly siteName: string;
  readonly regionCode: RegionCode;
  readonly credentialName: string | null;
} & Required<BatchValues>;

export type StoredBatch = {
  readonly id: string;
  readonly accountId: string;
  readonly at: number;
  readonly regionCode: RegionCode | '';
  readonly change: BatchChange;
  readonly devices: readonly { readonly id: string; readonly before: BatchValues }[];
  readonly isUndone: boolean;
};

export type DeviceBatches = ReturnType<typeof deviceBatches>;

/** Changes of many devices at once. What is done together is done in one transaction of the caller's. */
export function deviceBatches(sql: Sql) {
  return {
    /** All or nothing. */
    alone: <T>(work: (tx: Sql) => Promise<T>): Promise<T> => sql.transaction(work),

    /** Devices as they stand, held until the transaction ends; those that do not exist are left out. */
    async standing(ids: readonly string[], tx: Sql): Promise<readonly StandingDevice[]> {
      return await tx.query<StandingDevice>(
        `SELECT d.id, d.name, d.site_id AS "siteId", s.name AS "siteName", s.region_code AS "regionCode",
           c.name AS "credentialName", d.enabled, d.credential_id AS "credentialId",
           d.reach_interval_s AS "reachIntervalS", d.poll_interval_s AS "pollIntervalS"
         FROM device d JOIN site s ON s.id = d.site_id LEFT JOIN credential c ON c.id = d.credential_id
         WHERE d.id = ANY($1::uuid[]) ORDER BY d.id FOR UPDATE OF d`,
        [ids],
      );
    },

    /** Null where there is none of that id. */
    async credentialName(id: string): Promise<string | null> {
      const rows = await sql.query<{ name: string }>('SELECT name FROM credential WHERE id = $1', [id]);
      return rows[0]?.name ?? null;
    },

    /** Sets the same fields of every device, each to its own value. */
    async write(
      fields: readonly BatchField[],
      rows: readonly { readonly id: string; readonly values: BatchValues }[],
      tx: Sql,
    ): Promise<void> {
      if (fields.length === 0 || rows.length === 0) return;
      const sets = fields.map((field) => `${COLUMN[field][0]} = v."${field}"`).join(', ');
      const types = fields.map((field) => `"${field}" ${COLUMN[field][1]}`).join(', ');
      await tx.run(
        `UPDATE device SET ${sets} FROM jsonb_to_recordset($1::jsonb) AS v(id uuid, ${types}) WHERE device.id = v.id`,
        [JSON.stringify(rows.map(({ id, values }) => ({ id, ...values })))],
      );
    },

    async keep(batch: Omit<StoredBatch, 'id' | 'isUndone'>, tx: Sql): Promise<string> {
      const id = randomUUID();
      await tx.run(
        `INSERT INTO device_batch (id, account_id, at, region_code, change, devices) VALUES ($1, $2, $3, $4, $5, $6)`,
        [
          id,
          batch.accountId,
          new Date(batch.at),
          batch.regionCode,
          JSON.stringify(batch.change),
          JSON.stringify(batch.devices),
        ],
      );
      return id;
    },

    async get(id: string, tx: Sql): Promise<StoredBatch | null> {
      const rows = await tx.query<Omit<StoredBatch, 'at'> & { at: Date }>(
        `SELECT id, account_id AS "accountId", at, region_code AS "regionCode", change, devices,
           undone_at IS NOT NULL AS "isUndone" FROM device_batch WHERE id = $1 FOR UPDATE`,
        [id],
      );
      return rows[0] === undefined ? null : { ...rows[0], at: millis(rows[0].at) };
    },

    async markUndone(id: string, at: number, tx: Sql): Promise<void> {
      await tx.run('UPDATE device_batch SET undone_at = $2 WHERE id = $1', [id, new Date(at)]);
    },
  };
}
