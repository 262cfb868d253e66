import { randomUUID } from 'node:crypto';
import type { NewRecipient, Recipient, RecipientChange } from '../../contract/recipients.ts';
import type { RecipientRole } from '../../domain/duty.ts';
import { AppError } from '../../domain/errors.ts';
import type { RegionCode } from '../../domain/region.ts';
import { Conditions, type Page, type PageAsked, paged } from './query.ts';
import type { Sql } from './sql.ts';

export type RecipientFilter = PageAsked & {
  readonly region?: RegionCode | '' | undefined;
  readonly role?: RecipientRole | undefined;
  readonly q?: string | undefined;
};

/** Somebody as the one who tells sees them: only who is enabled, with addresses at channels that are. */
export type Reachable = {
  readonly id: string;
  readonly name: string;
  readonly role: RecipientRole;
  readonly regionCode: RegionCode | '';
  readonly siteId: string | null;
  /** Where the site stands. */
  readonly siteRegion: RegionCode | null;
  readonly language: Recipient['language'];
  readonly quietHours: Recipient['quietHours'];
  readonly addresses: readonly { readonly channelId: string; readonly channelName: string; readonly to: string }[];
};

const FROM = 'recipient r LEFT JOIN site s ON s.id = r.site_id LEFT JOIN account a ON a.id = r.account_id';
const ADDRESSES = `SELECT jsonb_agg(jsonb_build_object('channelId', x.channel_id, 'to', x.address) ORDER BY c.name)
  FROM recipient_address x JOIN channel c ON c.id = x.channel_id WHERE x.recipient_id = r.id`;
const COLUMNS = `r.id, r.name, r.account_id AS "accountId", r.role, r.region_code AS "regionCode", r.site_id AS "siteId",
  r.language, coalesce((${ADDRESSES}), '[]') AS addresses, r.quiet_hours AS "quietHours", r.enabled,
  s.name AS "siteName", a.display_name AS "accountName"`;

const json = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value));

export type Recipients = ReturnType<typeof recipients>;

/** People who are told, and by which channels. */
export function recipients(sql: Sql) {
  async function one(id: string, within: Sql = sql): Promise<Recipient | null> {
    const rows = await within.query<Recipient>(`SELECT ${COLUMNS} FROM ${FROM} WHERE r.id = $1`, [id]);
    return rows[0] ?? null;
  }
  async function stored(id: string, within: Sql): Promise<Recipient> {
    const recipient = await one(id, within);
    if (recipient === null) throw new AppError('not-found', 'there is no such recipient');
    return recipient;
  }
  async function setAddresses(tx: Sql, id: string, addresses: Recipient['addresses']): Promise<void> {
    await tx.run('DELETE FROM recipient_address WHERE recipient_id = $1', [id]);
    await tx.run(
      `INSERT INTO recipient_address (recipient_id, channel_id, address)
       SELECT $1, n."channelId", n."to" FROM jsonb_to_recordset($2::jsonb) AS n("channelId" uuid, "to" text)`,
      [id, JSON.stringify(addresses)],
    );
  }

  return {
    get: (id: string): Promise<Recipient | null> => one(id),

    list(filter: RecipientFilter): Promise<Page<Recipient>> {
      const conditions = new Conditions()
        .within('r.region_code', filter.region)
        .equals('r.role', filter.role)
        .contains(['r.name', 's.name'], filter.q);
      return paged(sql, {
        columns: COLUMNS,
        from: FROM,
        conditions,
        orderBy: 'r.name, r.id',
        asked: filter,
        shape: (row: Recipient) => row,
      });
    },

    /** All who can be told at all; those of a disabled account cannot. */
    async reachable(within: Sql = sql): Promise<readonly Reachable[]> {
      return await within.query<Reachable>(
        `SELECT r.id, r.name, r.role, r.region_code AS "regionCode", r.site_id AS "siteId",
           s.region_code AS "siteRegion", r.language, r.quiet_hours AS "quietHours", coalesce(x.addresses, '[]') AS addresses
         FROM ${FROM} LEFT JOIN (
           SELECT x.recipient_id, jsonb_agg(jsonb_build_object(
             'channelId', c.id, 'channelName', c.name, 'to', x.address) ORDER BY c.name) AS addresses
           FROM recipient_address x JOIN channel c ON c.id = x.channel_id WHERE c.enabled GROUP BY x.recipient_id
         ) x ON x.recipient_id = r.id
         WHERE r.enabled AND (r.account_id IS NULL OR a.disabled_at IS NULL) ORDER BY r.name, r.id`,
      );
    },

    /** @throws AppError `conflict` for a channel, site or account that does not exist, or an account that has one */
    async create(recipient: NewRecipient): Promise<Recipient> {
      const { name, role, regionCode, addresses } = recipient;
      const { accountId = null, siteId = null, language = 'id', quietHours = null, enabled = true } = recipient;
      return await sql.transaction(async (tx) => {
        const id = randomUUID();
        await tx.run(
          `INSERT INTO recipient (id, name, account_id, role, region_code, site_id, language, quiet_hours, enabled)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9)`,
          [id, name, accountId, role, regionCode, siteId, language, json(quietHours), enabled],
        );
        await setAddresses(tx, id, addresses);
        return await stored(id, tx);
      });
    },

    /** @throws AppError `not-found`, or `conflict` as above */
    async update(id: string, change: RecipientChange): Promise<Recipient> {
      return await sql.transaction(async (tx) => {
        const next = { ...(await stored(id, tx)), ...change };
        await tx.run(
          `UPDATE recipient SET name = $2, account_id = $3, role = $4, region_code = $5, site_id = $6, language = $7,
             quiet_hours = $8::jsonb, enabled = $9 WHERE id = $1`,
          [
            id,
            next.name,
            next.accountId,
            next.role,
            next.regionCode,
            next.siteId,
            next.language,
            json(next.quietHours),
            next.enabled,
          ],
        );
        if (change.addresses !== undefined) await setAddresses(tx, id, change.addresses);
        return await stored(id, tx);
      });
    },

    /** @throws AppError `not-found` */
    async remove(id: string): Promise<void> {
      const touched = await sql.run('DELETE FROM recipient WHERE id = $1', [id]);
      if (touched === 0) throw new AppError('not-found', 'there is no such recipient');
    },
  };
}
