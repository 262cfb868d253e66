import { millis } from './query.ts';
import type { Sql } from './sql.ts';

export type Heartbeat = { readonly collector: string; readonly startedAt: number; readonly beatAt: number };

export type Heartbeats = ReturnType<typeof heartbeats>;

/** When a collector was last at work: after a gap, what it watches is unknown until it is seen again. */
export function heartbeats(sql: Sql) {
  return {
    async get(collector: string): Promise<Heartbeat | null> {
      const rows = await sql.query<{ collector: string; startedAt: Date; beatAt: Date }>(
        'SELECT collector, started_at AS "startedAt", beat_at AS "beatAt" FROM collector_heartbeat WHERE collector = $1',
        [collector],
      );
      const [row] = rows;
      return row === undefined ? null : { collector, startedAt: millis(row.startedAt), beatAt: millis(row.beatAt) };
    },

    async beat({ collector, startedAt, beatAt }: Heartbeat): Promise<void> {
      await sql.run(
        `INSERT INTO collector_heartbeat (collector, started_at, beat_at) VALUES ($1, $2, $3)
         ON CONFLICT (collector) DO UPDATE SET started_at = excluded.started_at, beat_at = excluded.beat_at`,
        [collector, new Date(startedAt), new Date(beatAt)],
      );
    },
  };
}
