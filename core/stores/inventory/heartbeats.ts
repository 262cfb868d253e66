import { markAway, mendAway } from './away.ts';
import { millis, millisOrNull } from './query.ts';
import type { Sql } from './sql.ts';

export type Heartbeat = { readonly collector: string; readonly startedAt: number; readonly beatAt: number };
export type KnownHeartbeat = Heartbeat & {
  /** Its last heartbeat, where its devices were marked as unknown because none came any more. */
  readonly awaySince: number | null;
  /** Changes that it could not keep until the store was back, since it started. */
  readonly lost: number;
};

export type Heartbeats = ReturnType<typeof heartbeats>;

const COLUMNS = 'collector, started_at AS "startedAt", beat_at AS "beatAt", away_since AS "awaySince", lost::float8';
type Row = { collector: string; startedAt: Date; beatAt: Date; awaySince: Date | null; lost: number };
const shape = (row: Row): KnownHeartbeat => ({
  ...row,
  startedAt: millis(row.startedAt),
  beatAt: millis(row.beatAt),
  awaySince: millisOrNull(row.awaySince),
});

const SIGN = `INSERT INTO collector_heartbeat (collector, started_at, beat_at, lost) VALUES ($1, $2, $3, $4)
  ON CONFLICT (collector) DO UPDATE SET started_at = excluded.started_at, beat_at = excluded.beat_at,
    lost = excluded.lost, away_since = NULL`;

/** When a collector was last at work: after a gap, what it watches is unknown until it is seen again. */
export function heartbeats(sql: Sql) {
  return {
    async get(collector: string): Promise<KnownHeartbeat | null> {
      const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM collector_heartbeat WHERE collector = $1`, [collector]);
      return rows[0] === undefined ? null : shape(rows[0]);
    },

    /** What a collector signed and saw is that of its new name from now on. Without effect where it never signed. */
    async rename(from: string, to: string): Promise<void> {
      await sql.transaction(async (tx) => {
        const moved = await tx.run(
          `UPDATE collector_heartbeat SET collector = $2 WHERE collector = $1
             AND NOT EXISTS (SELECT 1 FROM collector_heartbeat WHERE collector = $2)`,
          [from, to],
        );
        if (moved > 0) await tx.run('UPDATE device_status SET collector = $2 WHERE collector = $1', [from, to]);
      });
    },

    async all(): Promise<KnownHeartbeat[]> {
      const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM collector_heartbeat ORDER BY collector`);
      return rows.map(shape);
    },

    /**
     * Signs that the collector is, or was, at work. Where it was taken for away but had only been cut off, being at work
     * since before, what was marked as unknown meanwhile is so no longer: it saw its devices all the time.
     * @param lost changes that it could not keep, since it started
     * @returns how many devices were mended
     */
    async beat({ collector, startedAt, beatAt }: Heartbeat, lost = 0): Promise<number> {
      const values = [collector, new Date(startedAt), new Date(beatAt), lost];
      // Nearly always: one statement, which holds no lock while the line is cut in the middle.
      if ((await sql.run(`${SIGN} WHERE collector_heartbeat.away_since IS NULL`, values)) > 0) return 0;
      return await sql.transaction(async (tx) => {
        const rows = await tx.query<{ awaySince: Date | null }>(
          'SELECT away_since AS "awaySince" FROM collector_heartbeat WHERE collector = $1 FOR UPDATE',
          [collector],
        );
        const awaySince = millisOrNull(rows[0]?.awaySince ?? null);
        const mended = awaySince === null || awaySince < startedAt ? 0 : await mendAway(tx, collector, awaySince);
        await tx.run(SIGN, values);
        return mended;
      });
    },

    /**
     * Marks what a collector watches as unknown from its last heartbeat on, unless it has signed since that one.
     * @returns how many devices were marked
     */
    async setAway(collector: string, lastBeatAt: number, now: number): Promise<number> {
      return await sql.transaction(async (tx) => {
        const rows = await tx.query<{ collector: string }>(
          `SELECT collector FROM collector_heartbeat
           WHERE collector = $1 AND beat_at = $2 AND away_since IS NULL FOR UPDATE`,
          [collector, new Date(lastBeatAt)],
        );
        if (rows.length === 0) return 0;
        const marked = await markAway(tx, collector, lastBeatAt, now);
        await tx.run('UPDATE collector_heartbeat SET away_since = beat_at WHERE collector = $1', [collector]);
        return marked;
      });
    },
  };
}
