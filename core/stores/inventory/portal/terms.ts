import { createHash } from 'node:crypto';
import type { NewTerms, Terms } from '../../../contract/portal/terms.ts';
import { millis } from '../query.ts';
import type { Sql } from '../sql.ts';
import { FIRST_TERMS } from './first-terms.ts';

/** Hex SHA-256 of the text's UTF-8: what a consent names it by. */
export const termsSha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const COLUMNS = `version, text_id AS "textId", text_en AS "textEn", sha256_id AS "sha256Id", sha256_en AS "sha256En",
  valid_from AS "validFrom", created_at AS "createdAt"`;
type Row = Omit<Terms, 'validFrom' | 'createdAt'> & { validFrom: Date; createdAt: Date };
const shape = (row: Row): Terms => ({ ...row, validFrom: millis(row.validFrom), createdAt: millis(row.createdAt) });

/** Texts that citizens agree to, by version. None is ever changed or removed. */
export function portalTerms(sql: Sql) {
  async function add(terms: NewTerms, accountId: string | null, at: number): Promise<Terms> {
    return await sql.transaction(async (tx) => {
      await tx.run('LOCK TABLE portal_terms IN SHARE ROW EXCLUSIVE MODE');
      const rows = await tx.query<Row>(
        `INSERT INTO portal_terms (version, text_id, text_en, sha256_id, sha256_en, valid_from, created_at, created_by)
         SELECT coalesce(max(version), 0) + 1, $1, $2, $3, $4, $5, $6, $7 FROM portal_terms RETURNING ${COLUMNS}`,
        [
          terms.textId,
          terms.textEn,
          termsSha256(terms.textId),
          termsSha256(terms.textEn),
          new Date(terms.validFrom),
          new Date(at),
          accountId,
        ],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('terms were stored and are not there');
      return shape(row);
    });
  }

  async function newestAt(at: number): Promise<Terms | null> {
    // Before the first becomes valid it is shown all the same: a portal without terms lets nobody in.
    const rows = await sql.query<Row>(
      `SELECT ${COLUMNS} FROM portal_terms
       ORDER BY valid_from <= $1 DESC, CASE WHEN valid_from <= $1 THEN version ELSE -version END DESC LIMIT 1`,
      [new Date(at)],
    );
    return rows[0] === undefined ? null : shape(rows[0]);
  }

  return {
    /** What somebody agrees to who enters at `at`. The terms that come with Simpul, where nobody wrote any. */
    async current(at: number): Promise<Terms> {
      const newest = await newestAt(at);
      if (newest !== null) return newest;
      await sql.run(
        `INSERT INTO portal_terms (version, text_id, text_en, sha256_id, sha256_en, valid_from, created_at)
         VALUES (1, $1, $2, $3, $4, $5, $5) ON CONFLICT (version) DO NOTHING`,
        [FIRST_TERMS.id, FIRST_TERMS.en, termsSha256(FIRST_TERMS.id), termsSha256(FIRST_TERMS.en), new Date(at)],
      );
      const stored = await newestAt(at);
      if (stored === null) throw new Error('terms were stored and are not there');
      return stored;
    },

    async get(version: number): Promise<Terms | null> {
      const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM portal_terms WHERE version = $1`, [version]);
      return rows[0] === undefined ? null : shape(rows[0]);
    },

    /** The exact text that a consent names. @returns null where no version ever read like that */
    async textOf(sha256: string): Promise<string | null> {
      const rows = await sql.query<{ text: string }>(
        `SELECT CASE WHEN sha256_id = $1 THEN text_id ELSE text_en END AS text
         FROM portal_terms WHERE sha256_id = $1 OR sha256_en = $1 ORDER BY version LIMIT 1`,
        [sha256],
      );
      return rows[0]?.text ?? null;
    },

    /** Newest first. */
    async list(): Promise<Terms[]> {
      const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM portal_terms ORDER BY version DESC LIMIT 500`);
      return rows.map(shape);
    },

    /** A version more; it holds from `validFrom` on, until a later version does. */
    add,
  };
}
