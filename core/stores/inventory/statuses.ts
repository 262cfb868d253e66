import { randomUUID } from 'node:crypto';
import type { RegionCode } from '../../domain/region.ts';
import type { State } from '../../domain/state.ts';
import { millis, millisOrNull } from './query.ts';
import type { Sql } from './sql.ts';

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

/** One change of state. What it does to outages is said, not guessed: a blind collector closes nothing. */
export type Transition = {
  readonly deviceId: string;
  readonly state: State;
  readonly previous: State;
  /** The true moment of the change. */
  readonly at: number;
  readonly reason: string | null;
  readonly lastSeenAt: number | null;
  readonly memory: unknown;
  readonly outage?:
    | { readonly open: { readonly startedAt: number; readonly detectedAt: number; readonly cause?: 'parent' } }
    | { readonly endedAt: number }
    | { readonly ownSince: number }
    | undefined;
};

/** What became of a transition's outage; `null` where it named none, or there was none to close. */
export type TransitionResult = {
  readonly deviceId: string;
  readonly outage: { readonly id: string; readonly what: 'opened' | 'already-open' | 'closed' | 'own' } | null;
};

export type Touch = { readonly deviceId: string; readonly lastSeenAt: number | null; readonly memory: unknown };

/** A stretch of one state. */
export type Span = { readonly from: number; readonly to: number; readonly state: State };

export type Statuses = ReturnType<typeof statuses>;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export function statuses(sql: Sql) {
  /** All or nothing. At most one transition per device in one call. */
  async function recordTransitions(transitions: readonly Transition[]): Promise<TransitionResult[]> {
    if (transitions.length === 0) return [];
    const rows = transitions.map((change) => ({
      ...change,
      at: iso(change.at),
      lastSeenAt: iso(change.lastSeenAt),
      outage: null,
    }));
    const opened = transitions.flatMap(({ deviceId, outage, reason }) =>
      outage !== undefined && 'open' in outage
        ? [
            {
              id: randomUUID(),
              deviceId,
              startedAt: iso(outage.open.startedAt),
              detectedAt: iso(outage.open.detectedAt),
              reason,
              cause: outage.open.cause ?? null,
            },
          ]
        : [],
    );
    const closed = transitions.flatMap(({ deviceId, outage }) =>
      outage !== undefined && 'endedAt' in outage ? [{ deviceId, endedAt: iso(outage.endedAt) }] : [],
    );
    const owned = transitions.flatMap(({ deviceId, outage, reason }) =>
      outage !== undefined && 'ownSince' in outage ? [{ deviceId, ownSince: iso(outage.ownSince), reason }] : [],
    );
    return await sql.transaction(async (inner) => {
      await inner.run(
        `INSERT INTO device_status (device_id, state, since, reason, last_seen_at, memory, updated_at)
         SELECT t."deviceId", t.state, t.at, t.reason, t."lastSeenAt", t.memory, t.at
         FROM jsonb_to_recordset($1::jsonb) AS t("deviceId" uuid, state text, at timestamptz, reason text,
           "lastSeenAt" timestamptz, memory jsonb)
         ON CONFLICT (device_id) DO UPDATE SET state = excluded.state, since = excluded.since, reason = excluded.reason,
           last_seen_at = greatest(device_status.last_seen_at, excluded.last_seen_at), memory = excluded.memory,
           updated_at = excluded.updated_at`,
        [JSON.stringify(rows)],
      );
      await inner.run(
        `INSERT INTO state_change (device_id, at, state, previous, reason)
         SELECT t."deviceId", t.at, t.state, t.previous, t.reason
         FROM jsonb_to_recordset($1::jsonb) AS t("deviceId" uuid, at timestamptz, state text, previous text, reason text)
         -- Unknown for another reason is a change too: whose the time is depends on it.
         WHERE t.state <> t.previous OR t.state = 'unknown'`,
        [JSON.stringify(rows)],
      );
      const results = new Map<string, TransitionResult['outage']>();
      if (opened.length > 0) {
        // The partial unique index keeps a second one out, however often the process was killed in between.
        const made = await inner.query<{ id: string; deviceId: string }>(
          `INSERT INTO outage (id, device_id, started_at, detected_at, reason, cause)
           SELECT o.id, o."deviceId", o."startedAt", o."detectedAt", o.reason, o.cause
           FROM jsonb_to_recordset($1::jsonb) AS o(id uuid, "deviceId" uuid, "startedAt" timestamptz,
             "detectedAt" timestamptz, reason text, cause text)
           ON CONFLICT DO NOTHING RETURNING id, device_id AS "deviceId"`,
          [JSON.stringify(opened)],
        );
        for (const { id, deviceId } of made) results.set(deviceId, { id, what: 'opened' });
        const rest = opened.filter(({ deviceId }) => !results.has(deviceId));
        const open = await inner.query<{ id: string; deviceId: string }>(
          'SELECT id, device_id AS "deviceId" FROM outage WHERE ended_at IS NULL AND device_id = ANY($1::uuid[])',
          [rest.map(({ deviceId }) => deviceId)],
        );
        for (const { id, deviceId } of open) results.set(deviceId, { id, what: 'already-open' });
      }
      if (closed.length > 0) {
        const ended = await inner.query<{ id: string; deviceId: string }>(
          `UPDATE outage SET ended_at = greatest(c."endedAt", outage.started_at)
           FROM jsonb_to_recordset($1::jsonb) AS c("deviceId" uuid, "endedAt" timestamptz)
           WHERE outage.device_id = c."deviceId" AND outage.ended_at IS NULL
           RETURNING outage.id, outage.device_id AS "deviceId"`,
          [JSON.stringify(closed)],
        );
        for (const { id, deviceId } of ended) results.set(deviceId, { id, what: 'closed' });
      }
      if (owned.length > 0) {
        const own = await inner.query<{ id: string; deviceId: string }>(
          `UPDATE outage SET own_since = greatest(c."ownSince", outage.started_at), reason = c.reason
           FROM jsonb_to_recordset($1::jsonb) AS c("deviceId" uuid, "ownSince" timestamptz, reason text)
           WHERE outage.device_id = c."deviceId" AND outage.ended_at IS NULL AND outage.cause IS NOT NULL
             AND outage.own_since IS NULL
           RETURNING outage.id, outage.device_id AS "deviceId"`,
          [JSON.stringify(owned)],
        );
        for (const { id, deviceId } of own) results.set(deviceId, { id, what: 'own' });
      }
      return transitions.map(({ deviceId }) => ({ deviceId, outage: results.get(deviceId) ?? null }));
    });
  }

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

    recordTransitions,

    /**
     * Status, change and outage in one transaction. Opening is idempotent: where one is open already, or one began at
     * the very same moment, nothing is doubled.
     */
    async recordTransition(transition: Transition): Promise<TransitionResult> {
      const [result] = await recordTransitions([transition]);
      if (result === undefined) throw new Error('a transition without a result');
      return result;
    },

    /** Observations that changed no state: one statement for many devices. Devices without a status are passed over. */
    async touch(touches: readonly Touch[], at: number): Promise<void> {
      if (touches.length === 0) return;
      await sql.run(
        `UPDATE device_status SET last_seen_at = greatest(device_status.last_seen_at, t."lastSeenAt"),
           memory = t.memory, updated_at = $2
         FROM jsonb_to_recordset($1::jsonb) AS t("deviceId" uuid, "lastSeenAt" timestamptz, memory jsonb)
         WHERE device_status.device_id = t."deviceId"`,
        [JSON.stringify(touches.map((row) => ({ ...row, lastSeenAt: iso(row.lastSeenAt) }))), new Date(at)],
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
