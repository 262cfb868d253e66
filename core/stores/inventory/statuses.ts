import type { RegionCode } from '../../domain/region.ts';
import type { State } from '../../domain/state.ts';
import { millis, millisOrNull } from './query.ts';
import type { Sql } from './sql.ts';
import { transitions } from './transitions.ts';

export type DeviceStatus = {
  readonly deviceId: string;
  readonly siteId: string;
  readonly regionCode: RegionCode;
  readonly state: State;
  readonly since: number;
  readonly reason: string | null;
  readonly lastSeenAt: number | null;
  /** What nextState carries from one observation to the next; its shape is its own affair. */
  readonly memory: unknown;
  readonly openOutageId: string | null;
};

export type Touch = { readonly deviceId: string; readonly lastSeenAt: number | null; readonly memory: unknown };

/** A stretch of one state. */
export type Span = { readonly from: number; readonly to: number; readonly state: State };

export type Statuses = ReturnType<typeof statuses>;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export function statuses(sql: Sql) {
  return {
    /** Of every device that was ever observed: read once, at the start of a collector. */
    async all(): Promise<DeviceStatus[]> {
      const rows = await sql.query<
        Omit<DeviceStatus, 'since' | 'lastSeenAt'> & { since: Date; lastSeenAt: Date | null }
      >(
        `SELECT ds.device_id AS "deviceId", d.site_id AS "siteId", s.region_code AS "regionCode", ds.state, ds.since,
           ds.reason, ds.last_seen_at AS "lastSeenAt", ds.memory, o.id AS "openOutageId"
         FROM device_status ds JOIN device d ON d.id = ds.device_id JOIN site s ON s.id = d.site_id
           LEFT JOIN outage o ON o.device_id = d.id AND o.ended_at IS NULL`,
      );
      return rows.map((row) => ({ ...row, since: millis(row.since), lastSeenAt: millisOrNull(row.lastSeenAt) }));
    },

    ...transitions(sql),

    /**
     * Observations that changed no state: one statement for many devices. Devices without a status are passed over.
     * @param by the collector that made them
     */
    async touch(touches: readonly Touch[], at: number, by: string | null = null): Promise<void> {
      if (touches.length === 0) return;
      await sql.run(
        `UPDATE device_status SET last_seen_at = greatest(device_status.last_seen_at, t."lastSeenAt"),
           memory = t.memory, updated_at = $2, collector = coalesce($3, device_status.collector)
         FROM jsonb_to_recordset($1::jsonb) AS t("deviceId" uuid, "lastSeenAt" timestamptz, memory jsonb)
         WHERE device_status.device_id = t."deviceId"`,
        [JSON.stringify(touches.map((row) => ({ ...row, lastSeenAt: iso(row.lastSeenAt) }))), new Date(at), by],
      );
    },

    /** Stretches of one state in order, clipped to the range; before the first change known, nothing. */
    async spans(
      deviceIds: readonly string[],
      from: number,
      to: number,
      within: Sql = sql,
    ): Promise<Map<string, Span[]>> {
      const rows = await within.query<{ deviceId: string; at: Date; state: State }>(
        `SELECT device_id AS "deviceId", at, state FROM (
           SELECT device_id, at, state, id FROM state_change
           WHERE device_id = ANY($1::uuid[]) AND at > $2 AND at < $3
           UNION ALL
           SELECT d.id, last.at, last.state, last.id FROM unnest($1::uuid[]) AS d(id), LATERAL (
             SELECT at, state, id FROM state_change WHERE device_id = d.id AND at <= $2 ORDER BY at DESC, id DESC LIMIT 1
           ) last
         ) changes ORDER BY device_id, at, id`,
        [deviceIds, new Date(from), new Date(to)],
      );
      const spans = new Map<string, Span[]>(deviceIds.map((id) => [id, []]));
      rows.forEach((row, index) => {
        const next = rows[index + 1];
        const end = next?.deviceId === row.deviceId ? millis(next.at) : to;
        const start = Math.max(millis(row.at), from);
        if (end <= start) return;
        const of = spans.get(row.deviceId);
        const last = of?.at(-1);
        // Unknown for another reason is no other state.
        if (last?.state === row.state && last.to === start) of?.splice(-1, 1, { ...last, to: end });
        else of?.push({ from: start, to: end, state: row.state });
      });
      return spans;
    },

    /** Changes of the past, laid down in bulk (a lab's history, an import from another system). */
    async layDown(
      changes: readonly {
        readonly deviceId: string;
        readonly at: number;
        readonly state: State;
        readonly previous: State;
        readonly reason: string | null;
      }[],
    ): Promise<void> {
      await sql.run(
        `INSERT INTO state_change (device_id, at, state, previous, reason)
         SELECT t."deviceId", t.at, t.state, t.previous, t.reason
         FROM jsonb_to_recordset($1::jsonb) AS t("deviceId" uuid, at timestamptz, state text, previous text, reason text)`,
        [JSON.stringify(changes.map((change) => ({ ...change, at: iso(change.at) })))],
      );
    },
  };
}
