import { HOUR, MINUTE } from '../../domain/clock.ts';
import type { Language, MessageEvent } from '../../messages/event.ts';
import { Conditions, millis, millisOrNull, type Page, type PageAsked, paged } from './query.ts';
import type { Sql } from './sql.ts';

/** A message as whoever has something to tell writes it down. */
export type NewMessage = {
  /** Made from what it tells, to whom and by which channel (`stableId`): written down twice, it is one message. */
  readonly id: string;
  readonly channelId: string;
  readonly to: string;
  readonly language: Language;
  readonly event: MessageEvent;
  /** Its messages to one recipient leave in the order in which they were written. */
  readonly incidentId?: string | null;
  /** When it is too late to tell it; `MESSAGE_LIFE_MS` after it was written where nothing is said. */
  readonly expiresAt?: number;
};

/** Old alarms wake people for nothing. */
export const MESSAGE_LIFE_MS = 6 * HOUR;

export type OutboxMessage = {
  readonly id: string;
  readonly channelId: string;
  readonly to: string;
  readonly language: Language;
  readonly event: MessageEvent;
  readonly incidentId: string | null;
  readonly createdAt: number;
  readonly nextTryAt: number;
  readonly expiresAt: number;
  readonly tries: number;
  readonly triedAt: number | null;
  readonly sentAt: number | null;
  readonly providerId: string | null;
  /** Nothing more is tried. */
  readonly failedAt: number | null;
  /** Failure and detail of the last try. */
  readonly lastError: string | null;
};

/** `waiting` = neither sent nor given up, be it that it is being sent now. */
export type OutboxState = 'waiting' | 'sent' | 'failed';

export type OutboxFilter = PageAsked & {
  readonly state?: OutboxState | undefined;
  readonly channelId?: string | undefined;
  readonly incidentId?: string | undefined;
};

/** A message that a sender has taken; `tries` tells its try from a later one. */
export type Claim = Pick<OutboxMessage, 'id' | 'tries'>;

const COLUMNS = `m.id, m.channel_id AS "channelId", m.recipient AS "to", m.language, m.event, m.incident_id AS "incidentId",
  m.created_at AS "createdAt", m.next_try_at AS "nextTryAt", m.expires_at AS "expiresAt", m.tries, m.tried_at AS "triedAt", m.sent_at AS "sentAt",
  m.provider_id AS "providerId", m.failed_at AS "failedAt", m.last_error AS "lastError"`;
const WAITING = 'm.sent_at IS NULL AND m.failed_at IS NULL';
const STATES: Readonly<Record<OutboxState, string>> = {
  waiting: WAITING,
  sent: 'm.sent_at IS NOT NULL',
  failed: 'm.failed_at IS NOT NULL',
};

type Moments = 'createdAt' | 'nextTryAt' | 'expiresAt' | 'triedAt' | 'sentAt' | 'failedAt';
type Row = Omit<OutboxMessage, Moments> & {
  createdAt: Date;
  nextTryAt: Date;
  expiresAt: Date;
  triedAt: Date | null;
  sentAt: Date | null;
  failedAt: Date | null;
};
const shape = (row: Row): OutboxMessage => ({
  ...row,
  createdAt: millis(row.createdAt),
  nextTryAt: millis(row.nextTryAt),
  expiresAt: millis(row.expiresAt),
  triedAt: millisOrNull(row.triedAt),
  sentAt: millisOrNull(row.sentAt),
  failedAt: millisOrNull(row.failedAt),
});

export type Outbox = ReturnType<typeof outbox>;

/** Messages to be sent, and what became of them. */
export function outbox(sql: Sql) {
  return {
    /**
     * Writes messages down; one whose id is there already is passed over. Nothing leaves before the transaction of
     * `within` is kept.
     * @returns how many are new
     * @throws AppError `conflict` for a channel that does not exist
     */
    async enqueue(messages: readonly NewMessage[], at: number, within: Sql = sql): Promise<number> {
      if (messages.length === 0) return 0;
      const rows = messages.map((message) => ({
        ...message,
        expiresAt: new Date(message.expiresAt ?? at + MESSAGE_LIFE_MS).toISOString(),
      }));
      return await within.run(
        `INSERT INTO message_outbox
           (id, channel_id, recipient, language, incident_id, event, created_at, next_try_at, expires_at)
         SELECT n.id, n."channelId", n."to", n.language, n."incidentId", n.event, $2, $2, n."expiresAt"
         FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, "channelId" uuid, "to" text, language text,
           "incidentId" uuid, event jsonb, "expiresAt" timestamptz)
         ON CONFLICT (id) DO NOTHING`,
        [JSON.stringify(rows), new Date(at)],
      );
    },

    /**
     * Takes messages that are due, for one sender alone: until `leaseMs` is over nobody else gets them, and then
     * anybody, for the one who took them may be dead. No more than the limits leave room for, and none before an earlier
     * message of its incident to the same recipient has left or was given up.
     *
     * Walks along what is due until it has enough. OFFSET 0 keeps the look for an earlier message a look into the index
     * for each row that is come to: as a join it would be of all that waits with all that waits.
     */
    async claim(
      channelId: string,
      wanted: {
        readonly at: number;
        readonly leaseMs: number;
        readonly most: number;
        readonly perMinute: number;
        readonly perRecipientPerMinute: number;
      },
    ): Promise<OutboxMessage[]> {
      const { at, leaseMs, most, perMinute, perRecipientPerMinute } = wanted;
      const rows = await sql.query<Row>(
        `WITH busy AS (
           SELECT recipient, count(*) AS tried FROM message_outbox
           WHERE channel_id = $1 AND tried_at > $4 GROUP BY recipient
         ), due AS (
           SELECT m.id, m.seq, m.recipient FROM message_outbox m
           WHERE m.channel_id = $1 AND ${WAITING} AND m.next_try_at <= $2
             AND m.recipient <> ALL (ARRAY(SELECT recipient FROM busy WHERE tried >= $7))
             AND NOT EXISTS (
               SELECT 1 FROM message_outbox e WHERE e.channel_id = m.channel_id AND e.recipient = m.recipient
                 AND e.incident_id = m.incident_id AND e.seq < m.seq AND e.sent_at IS NULL AND e.failed_at IS NULL
               OFFSET 0)
           ORDER BY m.next_try_at
           LIMIT $5 FOR UPDATE OF m SKIP LOCKED
         ), chosen AS (
           SELECT id FROM (SELECT *, row_number() OVER (PARTITION BY recipient ORDER BY seq) AS place FROM due) d
             LEFT JOIN busy USING (recipient)
           WHERE d.place + coalesce(busy.tried, 0) <= $7 ORDER BY d.seq
           LIMIT greatest(0, $6::int - (SELECT coalesce(sum(tried), 0) FROM busy)::int)
         )
         UPDATE message_outbox m SET tries = m.tries + 1, tried_at = $2, next_try_at = $3
         FROM chosen WHERE m.id = chosen.id
         RETURNING ${COLUMNS}`,
        [
          channelId,
          new Date(at),
          new Date(at + leaseMs),
          new Date(at - MINUTE),
          most,
          perMinute,
          perRecipientPerMinute,
        ],
      );
      return rows.map(shape);
    },

    /** True whatever happened meanwhile: what was sent is sent. */
    async markSent({ id }: Pick<Claim, 'id'>, at: number, providerId: string | null): Promise<void> {
      await sql.run(
        `UPDATE message_outbox SET sent_at = $2, provider_id = $3, failed_at = NULL, last_error = NULL
         WHERE id = $1 AND sent_at IS NULL`,
        [id, new Date(at), providerId],
      );
    },

    /** To be tried again; without effect where somebody else has taken it since. */
    async putOff({ id, tries }: Claim, nextTryAt: number, error: string): Promise<void> {
      await sql.run(
        `UPDATE message_outbox m SET next_try_at = $3, last_error = $4 WHERE id = $1 AND tries = $2 AND ${WAITING}`,
        [id, tries, new Date(nextTryAt), error],
      );
    },

    /** Leaves a recipient in peace: nothing that waits for them is tried before the moment. */
    async hold(channelId: string, to: string, until: number): Promise<void> {
      await sql.run(
        `UPDATE message_outbox m SET next_try_at = $3
         WHERE channel_id = $1 AND recipient = $2 AND ${WAITING} AND m.next_try_at < $3`,
        [channelId, to, new Date(until)],
      );
    },

    /** Given up: it is shown as failed; without effect where somebody else has taken it since. */
    async giveUp({ id, tries }: Claim, at: number, error: string): Promise<void> {
      await sql.run(
        `UPDATE message_outbox m SET failed_at = $3, last_error = $4 WHERE id = $1 AND tries = $2 AND ${WAITING}`,
        [id, tries, new Date(at), error],
      );
    },

    /** Gives up what waits longer than it is of use. @returns how many */
    async expire(at: number): Promise<number> {
      return await sql.run(
        `UPDATE message_outbox m SET failed_at = $1, last_error = concat_ws('; ', 'expired', m.last_error)
         WHERE ${WAITING} AND m.expires_at <= $1 AND (m.next_try_at <= $1 OR m.tried_at IS NULL)`,
        [new Date(at)],
      );
    },

    /** Tries a message that was given up once more, from the beginning. @returns false where it was not given up */
    async revive(id: string, at: number): Promise<boolean> {
      const touched = await sql.run(
        `UPDATE message_outbox SET failed_at = NULL, tries = 0, next_try_at = $2, expires_at = $3
         WHERE id = $1 AND failed_at IS NOT NULL`,
        [id, new Date(at), new Date(at + MESSAGE_LIFE_MS)],
      );
      return touched > 0;
    },

    async get(id: string): Promise<OutboxMessage | null> {
      const [row] = await sql.query<Row>(`SELECT ${COLUMNS} FROM message_outbox m WHERE m.id = $1`, [id]);
      return row === undefined ? null : shape(row);
    },

    /** Newest first. */
    list(filter: OutboxFilter): Promise<Page<OutboxMessage>> {
      const conditions = new Conditions()
        .equals('m.channel_id', filter.channelId)
        .equals('m.incident_id', filter.incidentId);
      if (filter.state !== undefined) conditions.and(STATES[filter.state]);
      return paged(sql, {
        columns: COLUMNS,
        from: 'message_outbox m',
        conditions,
        orderBy: 'm.seq DESC',
        asked: filter,
        shape,
      });
    },

    /** How many messages of each channel wait, and how many were given up since a moment. */
    async counts(failedSince: number): Promise<readonly { channelId: string; waiting: number; failed: number }[]> {
      return await sql.query(
        `SELECT channel_id AS "channelId", (count(*) FILTER (WHERE ${WAITING}))::int AS waiting,
           (count(*) FILTER (WHERE m.failed_at >= $1))::int AS failed
         FROM message_outbox m WHERE ${WAITING} OR m.failed_at >= $1 GROUP BY channel_id ORDER BY channel_id`,
        [new Date(failedSince)],
      );
    },

    /** Forgets what was sent or given up before a moment. @returns how many */
    async purge(before: number): Promise<number> {
      return await sql.run('DELETE FROM message_outbox WHERE sent_at < $1 OR failed_at < $1', [new Date(before)]);
    },
  };
}
