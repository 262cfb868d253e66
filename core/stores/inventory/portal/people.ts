import { randomUUID } from 'node:crypto';
import { millis, millisOrNull } from '../query.ts';
import type { Sql } from '../sql.ts';

/** A stay as its person sees it. */
export type OwnSession = {
  readonly siteName: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly seconds: number;
  readonly octets: number;
};

/** Logins of a number, and of devices that no other number was used on: a telephone somebody lends is another's too. */
const OWN_LOGINS = `WITH own_devices AS (
    SELECT mac_hash FROM portal_logins WHERE subject_hash = $1
    UNION SELECT mac_hash FROM portal_consents WHERE phone_hash = $1
    UNION SELECT mac_hash FROM portal_phone_codes WHERE phone_hash = $1 AND used_at IS NOT NULL
  ), sole AS (
    SELECT mac_hash FROM own_devices d WHERE NOT EXISTS (
      SELECT 1 FROM portal_phone_codes o
      WHERE o.mac_hash = d.mac_hash AND o.phone_hash <> $1 AND o.used_at IS NOT NULL)
  ), logins AS (
    SELECT id FROM portal_logins WHERE subject_hash = $1
    UNION SELECT l.id FROM portal_logins l JOIN sole ON sole.mac_hash = l.mac_hash WHERE l.subject_hash = l.mac_hash
  )`;

/** All that is kept of one person, found by the keyed hash of their number. */
export function portalPeople(sql: Sql) {
  return {
    /** Newest first, as far back as sessions are kept. */
    async sessions(phoneHash: string, most: number): Promise<{ readonly items: OwnSession[]; readonly total: number }> {
      type Row = Omit<OwnSession, 'startedAt' | 'endedAt' | 'seconds' | 'octets'> & {
        startedAt: Date;
        endedAt: Date | null;
        seconds: string;
        octets: string;
        total: number;
      };
      const rows = await sql.query<Row>(
        `${OWN_LOGINS} SELECT s.name AS "siteName", t.started_at AS "startedAt", t.ended_at AS "endedAt", t.seconds,
           (t.up_octets + t.down_octets)::text AS octets, (count(*) OVER ())::int AS total
         FROM logins JOIN portal_sessions t ON t.login_id = logins.id LEFT JOIN site s ON s.id = t.site_id
         ORDER BY t.started_at DESC, t.id DESC LIMIT $2`,
        [phoneHash, most],
      );
      const items = rows.map(({ siteName, startedAt, endedAt, seconds, octets }) => ({
        siteName,
        startedAt: millis(startedAt),
        endedAt: millisOrNull(endedAt),
        seconds: Number(seconds),
        octets: Number(octets),
      }));
      return { items, total: rows[0]?.total ?? 0 };
    },

    /**
     * The consents of a person hold no longer, and no device of theirs enters again without a page. What is online goes
     * on until its session ends.
     * @returns how many consents were withdrawn
     */
    async withdraw(phoneHash: string, at: number, within: Sql = sql): Promise<number> {
      await within.run(
        `${OWN_LOGINS} UPDATE portal_logins l SET reentry_until = $2 FROM logins
         WHERE l.id = logins.id AND l.reentry_until > $2`,
        [phoneHash, new Date(at)],
      );
      return await within.run(
        'UPDATE portal_consents SET withdrawn_at = $2 WHERE phone_hash = $1 AND withdrawn_at IS NULL',
        [phoneHash, new Date(at)],
      );
    },

    /** No news any more; the consent to the service stays. @returns how many consents had it */
    async withdrawNews(phoneHash: string, within: Sql = sql): Promise<number> {
      return await within.run(
        'UPDATE portal_consents SET news = false WHERE phone_hash = $1 AND news AND withdrawn_at IS NULL',
        [phoneHash],
      );
    },

    /**
     * Removes all that is kept of a person; counts without people stay. A session that is alive goes on under a name
     * that leads nowhere, and its record ends like that.
     * @returns rows that were removed or made nameless
     */
    async erase(phoneHash: string, within: Sql): Promise<number> {
      const [found] = await within.query<{ logins: string[]; devices: string[] }>(
        `${OWN_LOGINS} SELECT array(SELECT id FROM logins) AS logins, array(SELECT mac_hash FROM sole) AS devices`,
        [phoneHash],
      );
      const { logins = [], devices = [] } = found ?? {};
      const hashes = [phoneHash, ...devices];
      const nobody = `erased ${randomUUID()}`;
      let rows = await within.run('DELETE FROM portal_sessions WHERE login_id = ANY ($1) AND ended_at IS NOT NULL', [
        logins,
      ]);
      rows += await within.run(
        `UPDATE portal_sessions SET login_id = NULL, subject_hash = $2, mac_hash = $2
         WHERE (login_id = ANY ($1) OR subject_hash = $3) AND ended_at IS NULL`,
        [logins, nobody, phoneHash],
      );
      rows += await within.run('DELETE FROM portal_awaited WHERE login_id = ANY ($1)', [logins]);
      rows += await within.run('DELETE FROM portal_logins WHERE id = ANY ($1)', [logins]);
      rows += await within.run('DELETE FROM portal_usage WHERE subject_hash = ANY ($1)', [hashes]);
      rows += await within.run('DELETE FROM portal_phone_codes WHERE phone_hash = $1', [phoneHash]);
      rows += await within.run(
        'DELETE FROM portal_consents WHERE phone_hash = $1 OR (phone_hash IS NULL AND mac_hash = ANY ($2))',
        [phoneHash, devices],
      );
      rows += await within.run('DELETE FROM portal_attempts WHERE who = ANY ($1)', [
        devices.map((device) => `mac:${device}`),
      ]);
      // The queue keeps that somebody asked and when it was done, not who it was.
      rows += await within.run('UPDATE portal_data_requests SET phone_hash = $2 WHERE phone_hash = $1', [
        phoneHash,
        nobody,
      ]);
      return rows;
    },
  };
}
