import { COLLECTOR_AWAY, PARENT_DOWN } from '../../domain/next-state.ts';
import type { Sql } from './sql.ts';

/**
 * What a collector watched is unknown from its last heartbeat on. Outages stay as they are: nobody knows whether they
 * ended, and what the collector remembers of a device stays its own.
 * @returns how many devices this is true of from now on
 */
export async function markAway(tx: Sql, collector: string, lastBeatAt: number, now: number): Promise<number> {
  return await tx.run(
    `WITH marked AS (
       SELECT device_id, state AS previous, greatest(since, $2::timestamptz) AS at FROM device_status
       WHERE collector = $1 AND (state <> 'unknown' OR reason = $5) FOR UPDATE
     ), changed AS (
       INSERT INTO state_change (device_id, at, state, previous, reason)
       SELECT device_id, at, 'unknown', previous, $4 FROM marked
     )
     UPDATE device_status ds SET state = 'unknown', since = m.at, reason = $4, updated_at = $3
     FROM marked m WHERE m.device_id = ds.device_id`,
    [collector, new Date(lastBeatAt), new Date(now), COLLECTOR_AWAY, PARENT_DOWN],
  );
}

/**
 * The collector was at work all the time: takes back what was marked since it was taken for away. A device is as it was
 * before then; what the collector saw of it meanwhile is its own to store, before or after.
 * @returns how many devices were taken back
 */
export async function mendAway(tx: Sql, collector: string, awaySince: number): Promise<number> {
  const values = [collector, new Date(awaySince), COLLECTOR_AWAY];
  // Where nothing is left of the time before, the mark itself says what the device was in.
  await tx.run(
    `UPDATE device_status ds SET state = coalesce(last.state, mark.previous), since = coalesce(last.at, ds.since),
       reason = last.reason
     FROM device_status own
       LEFT JOIN LATERAL (SELECT previous FROM state_change WHERE device_id = own.device_id AND at >= $2 AND reason = $3
         ORDER BY at, id LIMIT 1) mark ON true
       LEFT JOIN LATERAL (SELECT at, state, reason FROM state_change
         WHERE device_id = own.device_id AND NOT (at >= $2 AND reason IS NOT DISTINCT FROM $3)
         ORDER BY at DESC, id DESC LIMIT 1) last ON true
     WHERE own.device_id = ds.device_id AND own.collector = $1 AND ds.reason = $3 AND ds.since >= $2
       AND coalesce(last.state, mark.previous) IS NOT NULL`,
    values,
  );
  return await tx.run(
    `DELETE FROM state_change sc USING device_status ds
     WHERE ds.device_id = sc.device_id AND ds.collector = $1 AND sc.at >= $2 AND sc.reason = $3`,
    values,
  );
}
