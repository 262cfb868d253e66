import { randomUUID } from 'node:crypto';
import type { NewNoticePolicy, NoticePolicy } from '../../contract/notice-policies.ts';
import { AppError } from '../../domain/errors.ts';
import type { RegionCode } from '../../domain/region.ts';
import { Conditions, millis } from './query.ts';
import type { Sql } from './sql.ts';

type Row = Omit<NoticePolicy, 'changedAt'> & { changedAt: Date };
const shape = (row: Row): NoticePolicy => ({ ...row, changedAt: millis(row.changedAt) });
const SELECT = `SELECT p.id, p.region_code AS "regionCode", p.enabled, p.steps, p.quiet_hours AS "quietHours",
  p.changed_at AS "changedAt" FROM notice_policy p`;

export type NoticePolicies = ReturnType<typeof noticePolicies>;

/** Who is told of what and when, one a region. */
export function noticePolicies(sql: Sql) {
  async function one(id: string, within: Sql = sql): Promise<NoticePolicy | null> {
    const [row] = await within.query<Row>(`${SELECT} WHERE p.id = $1`, [id]);
    return row === undefined ? null : shape(row);
  }
  async function stored(id: string, within: Sql = sql): Promise<NoticePolicy> {
    const policy = await one(id, within);
    if (policy === null) throw new AppError('not-found', 'there is no such policy');
    return policy;
  }
  const values = (id: string, { regionCode, enabled, steps, quietHours }: NewNoticePolicy, at: number) => [
    id,
    regionCode,
    enabled,
    JSON.stringify(steps),
    quietHours === null ? null : JSON.stringify(quietHours),
    new Date(at),
  ];

  return {
    get: (id: string): Promise<NoticePolicy | null> => one(id),

    /** Largest regions first. */
    async list(region: RegionCode | '' = '', within: Sql = sql): Promise<NoticePolicy[]> {
      const conditions = new Conditions().within('p.region_code', region);
      const rows = await within.query<Row>(`${SELECT} ${conditions.where} ORDER BY p.region_code`, conditions.values);
      return rows.map(shape);
    },

    /** @throws AppError `conflict` where the region has one */
    async create(policy: NewNoticePolicy, at: number): Promise<NoticePolicy> {
      const id = randomUUID();
      await sql.run(
        `INSERT INTO notice_policy (id, region_code, enabled, steps, quiet_hours, changed_at)
         VALUES ($1, $2, $3, $4::jsonb, $5::jsonb, $6)`,
        values(id, policy, at),
      );
      return await stored(id);
    },

    /** @throws AppError `not-found`, or `conflict` where the region has another */
    async update(id: string, change: Partial<NewNoticePolicy>, at: number): Promise<NoticePolicy> {
      return await sql.transaction(async (tx) => {
        const next = { ...(await stored(id, tx)), ...change };
        await tx.run(
          `UPDATE notice_policy SET region_code = $2, enabled = $3, steps = $4::jsonb, quiet_hours = $5::jsonb,
             changed_at = $6 WHERE id = $1`,
          values(id, next, at),
        );
        return await stored(id, tx);
      });
    },

    /** @throws AppError `not-found` */
    async remove(id: string): Promise<void> {
      if ((await sql.run('DELETE FROM notice_policy WHERE id = $1', [id])) === 0)
        throw new AppError('not-found', 'there is no such policy');
    },
  };
}
