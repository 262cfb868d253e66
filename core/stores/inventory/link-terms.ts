import type { LinkTerms, NewLinkTerms } from '../../contract/link-terms.ts';
import type { Month } from '../../domain/zone.ts';
import { millis } from './query.ts';
import type { Sql } from './sql.ts';

const COLUMNS = `t.link_id AS "linkId", t.valid_from AS "validFrom", t.monthly_fee_rupiah::float8 AS "monthlyFeeRupiah",
  t.steps, t.power_counts AS "powerCounts", a.display_name AS "setBy", t.set_at AS "setAt"`;
const FROM = 'link_terms t JOIN account a ON a.id = t.set_by';

type Row = Omit<LinkTerms, 'setAt'> & { linkId: string; setAt: Date };
const shape = ({ linkId: _, ...row }: Row): LinkTerms => ({ ...row, setAt: millis(row.setAt) });

export type LinkTermsStore = ReturnType<typeof linkTerms>;

/** What contracts say of money. Rows are only added: what held for a month at any time can be told again. */
export function linkTerms(sql: Sql) {
  return {
    /** The latest first. */
    async list(linkId: string): Promise<readonly LinkTerms[]> {
      const rows = await sql.query<Row>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE t.link_id = $1 ORDER BY t.valid_from DESC, t.id DESC`,
        [linkId],
      );
      return rows.map(shape);
    },

    /** What held for a month, by link, with what was set by `asOf`; links without terms are left out. */
    async ofMonth(linkIds: readonly string[], month: Month, asOf: number): Promise<ReadonlyMap<string, LinkTerms>> {
      const rows = await sql.query<Row>(
        `SELECT DISTINCT ON (t.link_id) ${COLUMNS} FROM ${FROM}
         WHERE t.link_id = ANY($1::uuid[]) AND t.valid_from <= $2 AND t.set_at <= $3
         ORDER BY t.link_id, t.valid_from DESC, t.id DESC`,
        [linkIds, month, new Date(asOf)],
      );
      return new Map(rows.map((row) => [row.linkId, shape(row)]));
    },

    async set(
      linkId: string,
      terms: NewLinkTerms,
      by: { readonly accountId: string; readonly at: number },
    ): Promise<LinkTerms> {
      const { validFrom, monthlyFeeRupiah, steps, powerCounts } = terms;
      const rows = await sql.query<Row>(
        `WITH t AS (
           INSERT INTO link_terms (link_id, valid_from, monthly_fee_rupiah, steps, power_counts, set_by, set_at)
           VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7) RETURNING *
         ) SELECT ${COLUMNS} FROM t JOIN account a ON a.id = t.set_by`,
        [linkId, validFrom, monthlyFeeRupiah, JSON.stringify(steps), powerCounts, by.accountId, new Date(by.at)],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('terms that were just stored are gone');
      return shape(row);
    },
  };
}
