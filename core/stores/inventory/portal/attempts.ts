import type { Sql } from '../sql.ts';

/** So many wrong tries of one kind are let through within a time that moves along. */
export type AttemptCount = {
  /** `mac:<hash>`, `gateway:<id>` or `account:<hash>`. */
  readonly who: string;
  readonly most: number;
  readonly windowMs: number;
};

/** Wrong tries, kept so that a restart forgives none. */
export function portalAttempts(sql: Sql) {
  return {
    /**
     * Counts a try before it is made, so that many at once cannot slip through. Where one count is full nothing is
     * counted: the wait gets no longer by asking again, and what is stored stays as small as the limits.
     * @returns for each count the ms to wait; all 0 when the try may go ahead
     */
    async take(counts: readonly AttemptCount[], at: number): Promise<readonly number[]> {
      return await sql.transaction(async (tx) => {
        // In one order for everybody, or two tries would wait for each other.
        for (const who of counts.map((count) => count.who).sort())
          await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [who]);
        const waits: number[] = [];
        for (const { who, most, windowMs } of counts) {
          await tx.run('DELETE FROM portal_attempts WHERE who = $1 AND at <= $2', [who, new Date(at - windowMs)]);
          const rows = await tx.query<{ at: Date }>(
            'SELECT at FROM portal_attempts WHERE who = $1 ORDER BY at DESC OFFSET $2 LIMIT 1',
            [who, most - 1],
          );
          const oldest = rows[0]?.at.getTime();
          waits.push(oldest === undefined ? 0 : Math.max(1, oldest + windowMs - at));
        }
        if (waits.every((wait) => wait === 0)) {
          await tx.run('INSERT INTO portal_attempts (who, at) SELECT who, $2 FROM unnest($1::text[]) AS who', [
            counts.map((count) => count.who),
            new Date(at),
          ]);
        }
        return waits;
      });
    },

    /** The try was right: it does not count. */
    async giveBack(whos: readonly string[], at: number): Promise<void> {
      await sql.run(
        `DELETE FROM portal_attempts WHERE ctid = ANY (ARRAY(
           SELECT (SELECT ctid FROM portal_attempts a WHERE a.who = w AND a.at = $2 LIMIT 1 FOR UPDATE SKIP LOCKED)
           FROM unnest($1::text[]) AS w))`,
        [whos, new Date(at)],
      );
    },

    /** Whether a device was let in at a site before: a pause that strangers caused is none of its affair. */
    async isKnownDevice(macHash: string, siteId: string): Promise<boolean> {
      const rows = await sql.query(
        'SELECT 1 FROM portal_logins WHERE mac_hash = $1 AND site_id = $2 AND used_at IS NOT NULL LIMIT 1',
        [macHash, siteId],
      );
      return rows.length > 0;
    },
  };
}
