import { DAY, MINUTE, SECOND } from '../../../domain/clock.ts';
import type { Sql } from '../sql.ts';

/** How it went for those who were let in at a gateway within the last quarter of an hour. */
export type LoginOutcomes = {
  /** Different devices; without those who are still on their way. */
  readonly issued: number;
  readonly online: number;
  /** The gateway has told within a week that somebody came online: its silence means something. */
  readonly hasToldBefore: boolean;
};

const WINDOW_MS = 15 * MINUTE;
const ON_THE_WAY_MS = 45 * SECOND;
const TOLD_WITHIN_MS = 7 * DAY;

/** @returns a look-up by the gateway's id */
export const loginOutcomes =
  (sql: Sql) =>
  async (gatewayId: string, at: number): Promise<LoginOutcomes> => {
    const [row] = await sql.query<LoginOutcomes>(
      `SELECT count(DISTINCT mac_hash) FILTER (WHERE used_at IS NOT NULL OR issued_at < $3)::int AS issued,
         count(DISTINCT mac_hash) FILTER (WHERE used_at IS NOT NULL)::int AS online,
         EXISTS (SELECT 1 FROM portal_logins WHERE gateway_id = $1 AND issued_at > $4 AND used_at IS NOT NULL)
           AS "hasToldBefore"
       FROM portal_logins WHERE gateway_id = $1 AND issued_at > $2 AND issued_at <= $5`,
      [gatewayId, ...[WINDOW_MS, ON_THE_WAY_MS, TOLD_WITHIN_MS, 0].map((before) => new Date(at - before))],
      'portal-login-outcomes',
    );
    return row ?? { issued: 0, online: 0, hasToldBefore: false };
  };
