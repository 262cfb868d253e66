import type { IncidentNotice } from '../../contract/notice-policies.ts';
import type { StepRound, TakenStep } from '../../domain/escalation.ts';
import type { RegionCode } from '../../domain/region.ts';
import type { Severity } from '../../domain/severity.ts';
import type { Language } from '../../messages/event.ts';
import { millis, millisOrNull } from './query.ts';
import type { Sql } from './sql.ts';
import { type ToldIncident, toldIncidents } from './told-incidents.ts';

export type NoticeKind = IncidentNotice['kind'];
/** A recovery is no step of a policy. */
export const NO_STEP = -1;

/** One person who is told one thing by one channel. */
export type Notice = StepRound & {
  /** The id of its message. */
  readonly id: string;
  readonly incidentId: string;
  readonly kind: NoticeKind;
  readonly recipientId: string;
  readonly recipientName: string;
  readonly channelId: string;
  readonly to: string;
  readonly language: Language;
  /** Their village, where they are an officer: their link is of it. */
  readonly isOfficer: boolean;
  readonly villageCode: RegionCode | null;
  /** There is nothing to tell any more once somebody looks after it. */
  readonly untilAcknowledged: boolean;
  /** Null: it goes out at once. */
  readonly heldUntil: number | null;
  readonly heldExcept: readonly Severity[];
};

export type OpenCourse = { readonly incidentId: string; readonly beganAt: number };
export type StepTaken = TakenStep & { readonly incidentId: string; readonly policyId: string };

type Row = Omit<Notice, 'heldUntil'> & { heldUntil: Date | null };
const COLUMNS = `n.id, n.incident_id AS "incidentId", n.kind, n.step, n.round, n.recipient_id AS "recipientId",
  n.recipient_name AS "recipientName", n.channel_id AS "channelId", n.address AS "to", n.language,
  n.is_officer AS "isOfficer", n.village_code AS "villageCode", n.until_acknowledged AS "untilAcknowledged", n.held_until AS "heldUntil",
  n.held_except AS "heldExcept"`;
const shape = (row: Row): Notice => ({ ...row, heldUntil: millisOrNull(row.heldUntil) });
const HELD = 'n.written_at IS NULL AND n.dropped_at IS NULL';

type ShownMoments = 'decidedAt' | 'heldUntil' | 'sentAt' | 'failedAt';
type ShownRow = Omit<IncidentNotice, ShownMoments | 'state'> & {
  decidedAt: Date;
  heldUntil: Date | null;
  sentAt: Date | null;
  failedAt: Date | null;
  writtenAt: Date | null;
  droppedAt: Date | null;
  isInOutbox: boolean;
};

function stateOf({ writtenAt, droppedAt, failedAt, sentAt, isInOutbox }: ShownRow): IncidentNotice['state'] {
  if (droppedAt !== null) return 'dropped';
  if (writtenAt === null) return 'held';
  if (failedAt !== null) return 'failed';
  // What the outbox has forgotten was sent or given up long ago.
  return sentAt === null && isInOutbox ? 'waiting' : 'sent';
}

const shown = (row: ShownRow): IncidentNotice => {
  const { writtenAt, droppedAt, isInOutbox, ...rest } = row;
  return {
    ...rest,
    step: row.step === NO_STEP ? null : row.step,
    state: stateOf(row),
    decidedAt: millis(row.decidedAt),
    heldUntil: millisOrNull(row.heldUntil),
    sentAt: millisOrNull(row.sentAt),
    failedAt: millisOrNull(row.failedAt),
  };
};

const splitFrom = (
  id: string,
): string => `SELECT (e.data ->> 'from')::uuid AS id, e.at::timestamptz AS until FROM incident_event e
  WHERE e.incident_id = ${id} AND e.kind = 'opened' AND e.data ? 'from'`;

/**
 * Those whose readers know of an incident (`root`): itself and what it took over, at any remove. Out of which it was
 * split counts as far as it was told `until` then, which the timeline of what was split off says.
 */
const FAMILY = `family (root, id, until) AS (
    SELECT root, id, until FROM seed
    UNION
    SELECT f.root, n.id, least(f.until, n.until) FROM family f CROSS JOIN LATERAL (
      SELECT i.id, 'infinity'::timestamptz AS until FROM incident i WHERE i.merged_into = f.id AND i.closed_at <= f.until
      UNION ALL SELECT * FROM (${splitFrom('f.id')}) s
    ) n
  )`;

export type Notices = ReturnType<typeof notices>;

async function toldOf(tx: Sql, incidentIds: readonly string[], seed: string): Promise<Notice[]> {
  if (incidentIds.length === 0) return [];
  const rows = await tx.query<Row>(
    `WITH RECURSIVE seed (root, id, until) AS (${seed}), ${FAMILY}
     SELECT DISTINCT ON (f.root, n.recipient_id, n.channel_id) ${COLUMNS.replace('n.incident_id', 'f.root')}
     FROM family f JOIN notice n ON n.incident_id = f.id
     WHERE n.kind <> 'recovered' AND n.written_at <= f.until
     ORDER BY f.root, n.recipient_id, n.channel_id, n.seq DESC`,
    [incidentIds],
  );
  return rows.map(shape);
}

/** Who was told what of incidents, and what is still to come. Changes run in the transaction of what they tell of. */
export function notices(sql: Sql) {
  return {
    incidents: (tx: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, ToldIncident>> => toldIncidents(tx, ids),

    /** A course that is there already goes on as it began. */
    async begin(tx: Sql, incidentIds: readonly string[], at: number): Promise<void> {
      await tx.run(
        'INSERT INTO notice_course (incident_id, began_at) SELECT unnest($1::uuid[]), $2::timestamptz ON CONFLICT DO NOTHING',
        [incidentIds, new Date(at)],
      );
    },

    async end(tx: Sql, incidentIds: readonly string[], at: number): Promise<void> {
      await tx.run('UPDATE notice_course SET over_at = $2 WHERE incident_id = ANY($1::uuid[]) AND over_at IS NULL', [
        incidentIds,
        new Date(at),
      ]);
    },

    /** Of these incidents, or of all. */
    async openCourses(tx: Sql = sql, incidentIds: readonly string[] | null = null): Promise<OpenCourse[]> {
      const rows = await tx.query<{ incidentId: string; beganAt: Date }>(
        `SELECT incident_id AS "incidentId", began_at AS "beganAt" FROM notice_course
         WHERE over_at IS NULL AND ($1::uuid[] IS NULL OR incident_id = ANY($1::uuid[])) ORDER BY began_at, incident_id`,
        [incidentIds],
      );
      return rows.map((row) => ({ ...row, beganAt: millis(row.beganAt) }));
    },

    async taken(tx: Sql, incidentIds: readonly string[]): Promise<StepTaken[]> {
      const rows = await tx.query<Omit<StepTaken, 'at'> & { at: Date }>(
        `SELECT incident_id AS "incidentId", policy_id AS "policyId", step, round, taken_at AS at FROM notice_step
         WHERE incident_id = ANY($1::uuid[]) ORDER BY taken_at, step, round`,
        [incidentIds],
      );
      return rows.map((row) => ({ ...row, at: millis(row.at) }));
    },

    /** @returns those that were not taken yet: only they are the caller's to take */
    async take(tx: Sql, steps: readonly StepTaken[]): Promise<Omit<StepTaken, 'at'>[]> {
      if (steps.length === 0) return [];
      const rows = await tx.query<Omit<StepTaken, 'at'>>(
        `INSERT INTO notice_step (incident_id, policy_id, step, round, taken_at)
         SELECT n."incidentId", n."policyId", n.step, n.round, to_timestamp(n.at / 1000.0)
         FROM jsonb_to_recordset($1::jsonb) AS n("incidentId" uuid, "policyId" uuid, step int, round int, at double precision)
         ON CONFLICT DO NOTHING RETURNING incident_id AS "incidentId", policy_id AS "policyId", step, round`,
        [
          JSON.stringify(
            steps.map(({ incidentId, policyId, step, round, at }) => ({ incidentId, policyId, step, round, at })),
          ),
        ],
      );
      return [...rows];
    },

    /** Those that are there already are passed over. @returns the ids of those that are new */
    async add(tx: Sql, added: readonly Notice[], at: number): Promise<ReadonlySet<string>> {
      if (added.length === 0) return new Set();
      const rows = await tx.query<{ id: string }>(
        `INSERT INTO notice (id, incident_id, kind, step, round, recipient_id, channel_id, recipient_name, address,
           language, is_officer, village_code, until_acknowledged, decided_at, held_until, held_except, written_at)
         SELECT n.id, n."incidentId", n.kind, n.step, n.round, n."recipientId", n."channelId", n."recipientName", n."to",
           n.language, n."isOfficer", n."villageCode", n."untilAcknowledged", $2::timestamptz, to_timestamp(n."heldUntil" / 1000.0), n."heldExcept",
           CASE WHEN n."heldUntil" IS NULL THEN $2::timestamptz END
         FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, "incidentId" uuid, kind text, step int, round int,
           "recipientId" uuid, "channelId" uuid, "recipientName" text, "to" text, language text, "isOfficer" boolean,
           "villageCode" text, "untilAcknowledged" boolean, "heldUntil" double precision, "heldExcept" text[])
         ON CONFLICT DO NOTHING RETURNING id`,
        [JSON.stringify(added), new Date(at)],
      );
      return new Set(rows.map(({ id }) => id));
    },

    /** What quiet hours hold back, in the order in which it was decided. */
    async held(tx: Sql, incidentIds: readonly string[] | null = null): Promise<Notice[]> {
      const rows = await tx.query<Row>(
        `SELECT ${COLUMNS} FROM notice n WHERE ${HELD} AND ($1::uuid[] IS NULL OR n.incident_id = ANY($1::uuid[]))
         ORDER BY n.seq`,
        [incidentIds],
      );
      return rows.map(shape);
    },

    async anyHeld(): Promise<boolean> {
      return (await sql.query(`SELECT 1 FROM notice n WHERE ${HELD} LIMIT 1`)).length > 0;
    },

    async markWritten(tx: Sql, ids: readonly string[], at: number): Promise<void> {
      await tx.run(`UPDATE notice n SET written_at = $2 WHERE id = ANY($1::uuid[]) AND ${HELD}`, [ids, new Date(at)]);
    },

    async drop(tx: Sql, ids: readonly string[], at: number): Promise<void> {
      await tx.run(`UPDATE notice n SET dropped_at = $2 WHERE id = ANY($1::uuid[]) AND ${HELD}`, [ids, new Date(at)]);
    },

    /**
     * Whoever was told that it is down, of each of the incidents, of others that it took over or of what it was split
     * from: each once, as they were told last. `incidentId` is the one that was asked for.
     */
    told: (tx: Sql, incidentIds: readonly string[]): Promise<Notice[]> =>
      toldOf(tx, incidentIds, `SELECT a.id, a.id, 'infinity'::timestamptz FROM unnest($1::uuid[]) a(id)`),

    /** The same, but only what was told of an incident before these were split from it. */
    toldBeforeSplit: (tx: Sql, incidentIds: readonly string[]): Promise<Notice[]> =>
      toldOf(
        tx,
        incidentIds,
        `SELECT a.id, s.* FROM unnest($1::uuid[]) a(id) CROSS JOIN LATERAL (${splitFrom('a.id')}) s`,
      ),

    /**
     * In the order in which they were decided. An incident may reach beyond a region: who is told of it elsewhere is
     * left out, who holds for a region above is not.
     */
    async list(incidentId: string, grant: RegionCode | '' = ''): Promise<IncidentNotice[]> {
      const rows = await sql.query<ShownRow>(
        `SELECT n.id, n.kind, n.step, n.round, n.recipient_name AS "recipientName", c.name AS "channelName",
           c.kind AS "channelKind", n.address AS "to", n.decided_at AS "decidedAt", n.held_until AS "heldUntil",
           n.written_at AS "writtenAt", n.dropped_at AS "droppedAt", m.sent_at AS "sentAt", m.failed_at AS "failedAt",
           coalesce(m.tries, 0) AS tries, m.last_error AS "lastError", m.id IS NOT NULL AS "isInOutbox"
         FROM notice n JOIN channel c ON c.id = n.channel_id LEFT JOIN message_outbox m ON m.id = n.id
         WHERE n.incident_id = $1 AND ($2 = '' OR EXISTS (
           SELECT 1 FROM recipient r WHERE r.id = n.recipient_id AND (r.region_code IN ('', $2)
             OR r.region_code LIKE $2 || '.%' OR $2 LIKE r.region_code || '.%')))
         ORDER BY n.seq`,
        [incidentId, grant],
      );
      return rows.map(shown);
    },

    /** Forgets what was told of incidents that closed before a moment. @returns how many */
    async purge(before: number): Promise<number> {
      return await sql.run(`DELETE FROM notice n USING incident i WHERE i.id = n.incident_id AND i.closed_at < $1`, [
        new Date(before),
      ]);
    },
  };
}
