import { randomUUID } from 'node:crypto';
import { COLLECTOR_AWAY } from '../../domain/next-state.ts';
import type { State } from '../../domain/state.ts';
import type { Sql } from './sql.ts';

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

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

type Writing = {
  /** The collector that saw it; null leaves whoever is known. */
  readonly by: string | null;
  /** It may be stored already, in part or whole, and newer ones with it; and its device may be gone. */
  readonly isLate: boolean;
};

/** Changes of state with what they do to outages. */
export function transitions(sql: Sql) {
  /** All or nothing. At most one transition per device in one call. */
  async function record(inner: Sql, changes: readonly Transition[], writing: Writing): Promise<TransitionResult[]> {
    await writeStatuses(inner, changes, writing);
    const results = new Map<string, TransitionResult['outage']>();
    await openOutages(inner, changes, writing, results);
    await closeOutages(inner, changes, writing, results);
    await ownOutages(inner, changes, results);
    return changes.map(({ deviceId }) => ({ deviceId, outage: results.get(deviceId) ?? null }));
  }

  /**
   * All or nothing. At most one transition per device in one call.
   * @param by the collector that saw them
   */
  async function recordTransitions(
    changes: readonly Transition[],
    by: string | null = null,
  ): Promise<TransitionResult[]> {
    if (changes.length === 0) return [];
    return await sql.transaction((inner) => record(inner, changes, { by, isLate: false }));
  }

  return {
    recordTransitions,

    /**
     * Status, change and outage in one transaction. Opening is idempotent: where one is open already, or one began at
     * the very same moment, nothing is doubled.
     */
    async recordTransition(change: Transition): Promise<TransitionResult> {
      const [result] = await recordTransitions([change]);
      if (result === undefined) throw new Error('a transition without a result');
      return result;
    },

    /**
     * What was kept while the store was away: any number of transitions of each device, in their order, all or nothing,
     * so that nobody takes an outage that is over for one that goes on. What is stored already stays as it is, however
     * often this is called, and devices that are gone are passed over.
     * @returns a result for each, in the same order
     */
    async recordLate(changes: readonly Transition[], by: string | null = null): Promise<TransitionResult[]> {
      return await sql.transaction(async (inner) => {
        const results = new Map<Transition, TransitionResult>();
        for (const round of roundsOf(changes)) {
          const made = await record(inner, round, { by, isLate: true });
          for (const [place, change] of round.entries()) {
            results.set(change, made[place] ?? { deviceId: change.deviceId, outage: null });
          }
        }
        return changes.map((change) => results.get(change) ?? { deviceId: change.deviceId, outage: null });
      });
    },
  };
}

/** Rounds of at most one transition per device, each device's in their order. */
function roundsOf(changes: readonly Transition[]): Transition[][] {
  const rounds: Transition[][] = [];
  const counts = new Map<string, number>();
  for (const change of changes) {
    const round = counts.get(change.deviceId) ?? 0;
    counts.set(change.deviceId, round + 1);
    const of = rounds[round];
    if (of === undefined) rounds.push([change]);
    else of.push(change);
  }
  return rounds;
}

async function writeStatuses(inner: Sql, changes: readonly Transition[], { by, isLate }: Writing): Promise<void> {
  const rows = JSON.stringify(
    changes.map((change) => ({ ...change, at: iso(change.at), lastSeenAt: iso(change.lastSeenAt), outage: null })),
  );
  const known = isLate ? 'JOIN device d ON d.id = t."deviceId"' : '';
  // What came after it is stored already; only that nobody could see is no more than a stopgap.
  const isNewest = isLate
    ? `WHERE device_status.since <= excluded.since OR device_status.reason = '${COLLECTOR_AWAY}'`
    : '';
  await inner.run(
    `INSERT INTO device_status (device_id, state, since, reason, last_seen_at, memory, updated_at, collector)
     SELECT t."deviceId", t.state, t.at, t.reason, t."lastSeenAt", t.memory, t.at, $2
     FROM jsonb_to_recordset($1::jsonb) AS t("deviceId" uuid, state text, at timestamptz, reason text,
       "lastSeenAt" timestamptz, memory jsonb) ${known}
     ON CONFLICT (device_id) DO UPDATE SET state = excluded.state, since = excluded.since, reason = excluded.reason,
       last_seen_at = greatest(device_status.last_seen_at, excluded.last_seen_at), memory = excluded.memory,
       updated_at = excluded.updated_at, collector = coalesce(excluded.collector, device_status.collector) ${isNewest}`,
    [rows, by],
  );
  await inner.run(
    `INSERT INTO state_change (device_id, at, state, previous, reason)
     SELECT t."deviceId", t.at, t.state, t.previous, t.reason
     FROM jsonb_to_recordset($1::jsonb) AS t("deviceId" uuid, at timestamptz, state text, previous text, reason text)
       ${known}
     -- Unknown for another reason is a change too: whose the time is depends on it.
     WHERE (t.state <> t.previous OR t.state = 'unknown')
       -- An answer that was lost on its way here makes a writer try again.
       AND NOT EXISTS (SELECT 1 FROM state_change s WHERE s.device_id = t."deviceId" AND s.at = t.at
         AND s.state = t.state AND s.previous = t.previous AND s.reason IS NOT DISTINCT FROM t.reason)`,
    [rows],
  );
}

type Results = Map<string, TransitionResult['outage']>;

async function openOutages(inner: Sql, changes: readonly Transition[], { isLate }: Writing, results: Results) {
  const opened = changes.flatMap(({ deviceId, outage, reason }) =>
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
  if (opened.length === 0) return;
  // The partial unique index keeps a second one out, however often the process was killed in between.
  const made = await inner.query<{ id: string; deviceId: string }>(
    `INSERT INTO outage (id, device_id, started_at, detected_at, reason, cause)
     SELECT o.id, o."deviceId", o."startedAt", o."detectedAt", o.reason, o.cause
     FROM jsonb_to_recordset($1::jsonb) AS o(id uuid, "deviceId" uuid, "startedAt" timestamptz,
       "detectedAt" timestamptz, reason text, cause text) ${isLate ? 'JOIN device d ON d.id = o."deviceId"' : ''}
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

async function closeOutages(inner: Sql, changes: readonly Transition[], { isLate }: Writing, results: Results) {
  const closed = changes.flatMap(({ deviceId, outage }) =>
    outage !== undefined && 'endedAt' in outage ? [{ deviceId, endedAt: iso(outage.endedAt) }] : [],
  );
  if (closed.length === 0) return;
  const ended = await inner.query<{ id: string; deviceId: string }>(
    `UPDATE outage SET ended_at = greatest(c."endedAt", outage.started_at)
     FROM jsonb_to_recordset($1::jsonb) AS c("deviceId" uuid, "endedAt" timestamptz)
     WHERE outage.device_id = c."deviceId" AND outage.ended_at IS NULL
       -- One that began later was closed by nothing of before.
       ${isLate ? 'AND outage.started_at <= c."endedAt"' : ''}
     RETURNING outage.id, outage.device_id AS "deviceId"`,
    [JSON.stringify(closed)],
  );
  for (const { id, deviceId } of ended) results.set(deviceId, { id, what: 'closed' });
}

async function ownOutages(inner: Sql, changes: readonly Transition[], results: Results) {
  const owned = changes.flatMap(({ deviceId, outage, reason }) =>
    outage !== undefined && 'ownSince' in outage ? [{ deviceId, ownSince: iso(outage.ownSince), reason }] : [],
  );
  if (owned.length === 0) return;
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
