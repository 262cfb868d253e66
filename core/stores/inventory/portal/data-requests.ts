import { randomUUID } from 'node:crypto';
import type { DataRequest } from '../../../contract/portal/terms.ts';
import { DAY } from '../../../domain/clock.ts';
import { AppError } from '../../../domain/errors.ts';
import { Conditions, millis, millisOrNull, type Page, type PageAsked, paged } from '../query.ts';
import type { Sql } from '../sql.ts';

/** Three times 24 hours (UU 27/2022, articles 32 and 40 to 44). */
export const DATA_REQUEST_MS = 3 * DAY;

const FROM = 'portal_data_requests r LEFT JOIN account a ON a.id = r.done_by';
const COLUMNS = `r.id, r.kind, r.asked_at AS "askedAt", r.due_at AS "dueAt", r.done_at AS "doneAt",
  a.display_name AS "doneByName", r.outcome`;
type Row = Omit<DataRequest, 'askedAt' | 'dueAt' | 'doneAt'> & { askedAt: Date; dueAt: Date; doneAt: Date | null };
const shape = (row: Row): DataRequest => ({
  ...row,
  askedAt: millis(row.askedAt),
  dueAt: millis(row.dueAt),
  doneAt: millisOrNull(row.doneAt),
});

/** What people ask of their data, and what was done about it. */
export function portalDataRequests(sql: Sql) {
  return {
    /** The most urgent first: open ones by when they are due, then done ones, newest first. */
    list(filter: PageAsked & { readonly open?: boolean | undefined }): Promise<Page<DataRequest>> {
      const conditions = new Conditions();
      if (filter.open !== undefined) conditions.and(`r.done_at IS ${filter.open ? '' : 'NOT '}NULL`);
      return paged(sql, {
        columns: COLUMNS,
        from: FROM,
        conditions,
        orderBy: 'r.done_at DESC NULLS FIRST, r.due_at, r.id',
        asked: filter,
        shape,
      });
    },

    /** How many wait, and how many of them longer than they may. */
    async waiting(at: number): Promise<{ readonly open: number; readonly overdue: number }> {
      const rows = await sql.query<{ open: number; overdue: number }>(
        `SELECT count(*)::int AS open, (count(*) FILTER (WHERE due_at < $1))::int AS overdue
         FROM portal_data_requests WHERE done_at IS NULL`,
        [new Date(at)],
      );
      return rows[0] ?? { open: 0, overdue: 0 };
    },

    /** Asked twice while it waits, it is one request with the clock of the first. */
    async ask(phoneHash: string, kind: DataRequest['kind'], at: number): Promise<DataRequest> {
      return await sql.transaction(async (tx) => {
        await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [phoneHash]);
        const id = randomUUID();
        await tx.run(
          `INSERT INTO portal_data_requests (id, phone_hash, kind, asked_at, due_at)
           SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (
             SELECT 1 FROM portal_data_requests WHERE phone_hash = $2 AND kind = $3 AND done_at IS NULL)`,
          [id, phoneHash, kind, new Date(at), new Date(at + DATA_REQUEST_MS)],
        );
        const rows = await tx.query<Row>(
          `SELECT ${COLUMNS} FROM ${FROM} WHERE r.phone_hash = $1 AND r.kind = $2 AND r.done_at IS NULL`,
          [phoneHash, kind],
        );
        if (rows[0] === undefined) throw new Error('a request was stored and is not there');
        return shape(rows[0]);
      });
    },

    /** Of one person, newest first. */
    async ofPhone(phoneHash: string, most: number): Promise<DataRequest[]> {
      const rows = await sql.query<Row>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE r.phone_hash = $1 ORDER BY r.asked_at DESC, r.id LIMIT $2`,
        [phoneHash, most],
      );
      return rows.map(shape);
    },

    async get(id: string): Promise<DataRequest | null> {
      const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM ${FROM} WHERE r.id = $1`, [id]);
      return rows[0] === undefined ? null : shape(rows[0]);
    },

    /** Whose open request it is; locked until the transaction ends. @throws AppError `not-found`, `conflict` when done */
    async open(id: string, within: Sql): Promise<{ readonly phoneHash: string; readonly kind: DataRequest['kind'] }> {
      const rows = await within.query<{ phoneHash: string; kind: DataRequest['kind']; doneAt: Date | null }>(
        `SELECT phone_hash AS "phoneHash", kind, done_at AS "doneAt" FROM portal_data_requests WHERE id = $1 FOR UPDATE`,
        [id],
      );
      const [row] = rows;
      if (row === undefined) throw new AppError('not-found', 'there is no such request');
      if (row.doneAt !== null) throw new AppError('conflict', 'the request was answered already');
      return row;
    },

    async done(id: string, by: string | null, outcome: string, at: number, within: Sql = sql): Promise<void> {
      await within.run(
        'UPDATE portal_data_requests SET done_at = $2, done_by = $3, outcome = $4 WHERE id = $1 AND done_at IS NULL',
        [id, new Date(at), by, outcome],
      );
    },

    /** Open ones of a kind whose time is over. */
    async overdue(kind: DataRequest['kind'], at: number, most: number): Promise<string[]> {
      const rows = await sql.query<{ id: string }>(
        `SELECT id FROM portal_data_requests WHERE done_at IS NULL AND due_at <= $1 AND kind = $2
         ORDER BY due_at LIMIT $3`,
        [new Date(at), kind, most],
      );
      return rows.map(({ id }) => id);
    },
  };
}
