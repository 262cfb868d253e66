import { randomUUID } from 'node:crypto';
import { DAY, MINUTE } from '../../core/domain/clock.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { NOON } from './api.ts';

export { PLAN } from './portal-plan.ts';

/** A login that was given out: `onlineMs` after the page was opened it was used, or never. @returns its id */
export async function loginOf(
  { sql }: Pick<Inventory, 'sql'>,
  at: { readonly gatewayId: string; readonly siteId: string; readonly issuedAt: number; readonly seconds?: number },
  onlineMs: number | null,
): Promise<string> {
  const id = randomUUID().replaceAll('-', '').slice(0, 26);
  await sql.run(
    `INSERT INTO portal_logins (id, gateway_id, site_id, mac_hash, method, subject_hash, grant_given, arrived_at,
       issued_at, expires_at, used_at)
     VALUES ($1, $2, $3, $1, 'terms', $1, $4::jsonb, $5, $6, $7, $8)`,
    [
      id,
      at.gatewayId,
      at.siteId,
      JSON.stringify({ seconds: at.seconds ?? null }),
      new Date(at.issuedAt),
      new Date(at.issuedAt),
      new Date(at.issuedAt + 2 * MINUTE),
      onlineMs === null ? null : new Date(at.issuedAt + onlineMs),
    ],
  );
  return id;
}

/** Somebody who is online. @returns the id of the session */
export async function liveSessionOf(
  { sql }: Pick<Inventory, 'sql'>,
  gatewayId: string,
  siteId: string,
  { loginId = null, startedAt = NOON }: { readonly loginId?: string | null; readonly startedAt?: number } = {},
): Promise<string> {
  const rows = await sql.query<{ id: string }>(
    `INSERT INTO portal_sessions (gateway_id, site_id, acct_session_id, user_name, login_id, method, mac_hash,
       subject_hash, contact, started_at, updated_at, seconds, up_octets, down_octets)
     VALUES ($1, $2, $3, 'u', $4, 'terms', $3, $3, '{"callingStationId": "02:00:00:00:00:64"}', $5, $5, 60, 1000, 9000)
     RETURNING id::text`,
    [gatewayId, siteId, randomUUID(), loginId, new Date(startedAt)],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('a session was stored and is not there');
  return id;
}

/** Counts of one day and site. */
export async function dayOf(
  { sql }: Pick<Inventory, 'sql'>,
  siteId: string,
  day: string,
  logins: number,
): Promise<void> {
  await sql.run(
    `INSERT INTO portal_days (day, site_id, method, arrivals, logins, refusals, sessions, devices, seconds, up_octets,
       down_octets) VALUES ($1, $2, 'terms', $3, $4, 1, $4, $6, $5, 100000000, 900000000)`,
    [day, siteId, logins * 2, logins, (logins * DAY) / 1000 / 24, Math.round(logins * 0.8)],
  );
}
