import { randomUUID } from 'node:crypto';
import type { SavedView, ViewScreen } from '../../contract/saved-views.ts';
import type { RegionCode } from '../../domain/region.ts';
import { millis } from './query.ts';
import type { Sql } from './sql.ts';

/** Views of one account and screen: more are no help to anybody. */
const MOST_VIEWS = 100;

type Row = Omit<SavedView, 'createdAt'> & { readonly createdAt: Date };

const columns = (me: string): string => `v.id, v.screen, v.name, v.search, v.shared_with IS NOT NULL AS "isShared",
  v.account_id = ${me} AS "isMine", a.display_name AS by, v.created_at AS "createdAt"`;
const shape = (row: Row): SavedView => ({ ...row, createdAt: millis(row.createdAt) });

export type SavedViews = ReturnType<typeof savedViews>;

export function savedViews(sql: Sql) {
  return {
    /** Own ones, and those shared with a region that holds the grant or lies in it. */
    async list(screen: ViewScreen, accountId: string, grant: RegionCode | ''): Promise<SavedView[]> {
      const rows = await sql.query<Row>(
        `SELECT ${columns('$2')} FROM saved_view v JOIN account a ON a.id = v.account_id
         WHERE v.screen = $1 AND (v.account_id = $2 OR v.shared_with IN ('', $3)
           OR $3 LIKE v.shared_with || '.%' OR $3 = '' OR v.shared_with LIKE $3 || '.%')
           AND (v.account_id = $2 OR v.shared_with IS NOT NULL)
         ORDER BY v.account_id <> $2, lower(v.name), v.id LIMIT 200`,
        [screen, accountId, grant],
      );
      return rows.map(shape);
    },

    /** @returns null where the account has too many already */
    async save(
      view: Pick<SavedView, 'screen' | 'name' | 'search'> & { readonly sharedWith: RegionCode | '' | null },
      by: { readonly accountId: string; readonly at: number },
    ): Promise<SavedView | null> {
      const rows = await sql.query<Row>(
        `WITH made AS (
           INSERT INTO saved_view (id, account_id, screen, name, search, shared_with, created_at)
           SELECT $1, $2, $3, $4, $5, $6, $7
           WHERE (SELECT count(*) FROM saved_view WHERE account_id = $2 AND screen = $3 AND name <> $4) < ${MOST_VIEWS}
           ON CONFLICT (account_id, screen, name) DO UPDATE SET search = excluded.search,
             shared_with = excluded.shared_with
           RETURNING *)
         SELECT ${columns('$2')} FROM made v JOIN account a ON a.id = v.account_id`,
        [
          randomUUID(),
          by.accountId,
          view.screen,
          view.name.trim(),
          JSON.stringify(view.search),
          view.sharedWith,
          new Date(by.at),
        ],
      );
      return rows[0] === undefined ? null : shape(rows[0]);
    },

    /** @returns whether there was such a view of the account */
    async remove(id: string, accountId: string): Promise<boolean> {
      return (await sql.run('DELETE FROM saved_view WHERE id = $1 AND account_id = $2', [id, accountId])) > 0;
    },
  };
}
