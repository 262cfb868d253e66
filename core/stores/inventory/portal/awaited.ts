import type { Grant } from '../../../domain/portal/grant.ts';
import type { Sql } from '../sql.ts';

export type AwaitedGrant = { readonly key: string; readonly grant: Grant; readonly loginId: string };

/** A gateway that does not come for them must not fill the store. */
const MOST_OF_A_GATEWAY = 5_000;

/** Grants of gateways that come for them (openNDS level 3): `AwaitedGrants` of the portal. They outlive a restart. */
export function portalAwaited(sql: Sql, clock: () => number = Date.now) {
  return {
    async put(gatewayId: string, key: string, grant: Grant, loginId: string): Promise<void> {
      await sql.query(
        `INSERT INTO portal_awaited (gateway_id, key, login_id, grant_given, put_at)
         SELECT $1::uuid, $2, $3, $4::jsonb, $5
         WHERE (SELECT count(*) FROM portal_awaited WHERE gateway_id = $1::uuid) < ${MOST_OF_A_GATEWAY}
         ON CONFLICT (gateway_id, key) DO UPDATE SET login_id = excluded.login_id,
           grant_given = excluded.grant_given, put_at = excluded.put_at`,
        [gatewayId, key, loginId, JSON.stringify(grant), new Date(clock())],
        'portal-awaited-put',
      );
    },

    /** Oldest first. */
    async list(gatewayId: string, most: number): Promise<readonly AwaitedGrant[]> {
      return await sql.query<AwaitedGrant>(
        `SELECT key, login_id AS "loginId", grant_given AS "grant" FROM portal_awaited
         WHERE gateway_id = $1 ORDER BY put_at, key LIMIT $2`,
        [gatewayId, most],
        'portal-awaited-list',
      );
    },

    async taken(gatewayId: string, keys: readonly string[]): Promise<void> {
      await sql.run('DELETE FROM portal_awaited WHERE gateway_id = $1 AND key = ANY($2::text[])', [gatewayId, keys]);
    },

    /** @param before UTC ms */
    async clear(gatewayId: string, before: number): Promise<void> {
      await sql.run('DELETE FROM portal_awaited WHERE gateway_id = $1 AND put_at < $2', [gatewayId, new Date(before)]);
    },

    /** Those that nobody came for. @returns how many */
    async forget(before: number): Promise<number> {
      return await sql.run('DELETE FROM portal_awaited WHERE put_at < $1', [new Date(before)]);
    },
  };
}
