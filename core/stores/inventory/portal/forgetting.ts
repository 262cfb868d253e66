import type { Forgotten } from '../../../contract/portal/terms-routes.ts';
import { Conditions, millis, type Page, type PageAsked, paged } from '../query.ts';
import type { Sql } from '../sql.ts';

/** Rows of one statement: nobody waits long for a lock, however much is old. */
const AT_ONCE = 5_000;

/** A batch goes with up to 10,000 vouchers. */
const BATCHES_AT_ONCE = 2;

/** What is removed of each class of data: key column, table and condition with the moment as `$1`, the order of an index. */
const OLD = {
  sessions: ['id', 'portal_sessions', 'started_at < $1 AND ended_at < $1', 'started_at'],
  usage: ['(subject_hash, day)', 'portal_usage', "day < ($1::timestamptz AT TIME ZONE 'UTC')::date", 'day'],
  'phone-codes': ['id', 'portal_phone_codes', 'sent_at < $1', 'sent_at'],
  // Not while a session or the way back in still leans on it.
  logins: [
    'id',
    'portal_logins l',
    `issued_at < $1 AND coalesce(reentry_until, issued_at) < $1
     AND NOT EXISTS (SELECT 1 FROM portal_sessions s WHERE s.login_id = l.id)`,
    'issued_at',
  ],
  attempts: ['ctid', 'portal_attempts', 'at < $1', 'at'],
  // One that was not withdrawn lives as long as what it allowed; one to news until it is withdrawn.
  consents: ['id', 'portal_consents', 'at < $1 AND (withdrawn_at < $1 OR (withdrawn_at IS NULL AND NOT news))', 'at'],
  survey: ['id', 'portal_survey_answers', 'day < $1::date', 'day'],
  requests: ['id', 'portal_data_requests', 'done_at < $1', 'done_at'],
  vouchers: ['id', 'portal_voucher_batches', 'valid_until < $1', 'valid_until'],
} as const satisfies Record<string, readonly [key: string, table: string, condition: string, order: string]>;

export type DataClass = keyof typeof OLD;
export const DATA_CLASSES = Object.keys(OLD) as readonly DataClass[];

type Row = Omit<Forgotten, 'at' | 'olderThan' | 'rows'> & { at: Date; olderThan: Date; rows: string };

/** Retention: what is older than it may be goes, and that it went is written down. */
export function portalForgetting(sql: Sql) {
  return {
    /** Removes what is older than a moment, in small steps, and keeps the count. @returns rows removed */
    async forget(dataClass: DataClass, olderThan: number, at: number): Promise<number> {
      const [key, table, condition, order] = OLD[dataClass];
      const name = table.split(' ')[0];
      const most = dataClass === 'vouchers' ? BATCHES_AT_ONCE : AT_ONCE;
      let rows = 0;
      for (let step: number = most; step === most; rows += step) {
        step = await sql.run(
          `DELETE FROM ${name} WHERE ${key} IN
             (SELECT ${key.replace(/[()]/g, '')} FROM ${table} WHERE ${condition} ORDER BY ${order} LIMIT ${most})`,
          [new Date(olderThan)],
        );
      }
      await sql.run('INSERT INTO portal_forgotten (at, data_class, older_than, rows) VALUES ($1, $2, $3, $4)', [
        new Date(at),
        dataClass,
        new Date(olderThan),
        rows,
      ]);
      return rows;
    },

    /** What retention removed, newest first. */
    list(asked: PageAsked): Promise<Page<Forgotten>> {
      return paged(sql, {
        columns: 'at, data_class AS "dataClass", older_than AS "olderThan", rows',
        from: 'portal_forgotten',
        conditions: new Conditions(),
        orderBy: 'at DESC, id DESC',
        asked,
        shape: (row: Row): Forgotten => ({
          at: millis(row.at),
          dataClass: row.dataClass,
          olderThan: millis(row.olderThan),
          rows: Number(row.rows),
        }),
      });
    },

    /** The record of runs itself has an end too. */
    async forgetRuns(before: number): Promise<void> {
      await sql.run('DELETE FROM portal_forgotten WHERE at < $1', [new Date(before)]);
    },
  };
}
