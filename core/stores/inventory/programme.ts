import type { ProgrammeEntry } from '../../contract/coverage-plan.ts';
import type { ProgrammeStatus, RegionCode } from '../../domain/region.ts';
import { millis } from './query.ts';
import type { Sql } from './sql.ts';

const SHOWN = 100;

export type ProgrammeWord = {
  readonly programme: ProgrammeStatus | null;
  readonly note: string | null;
  readonly accountId: string | null;
  readonly at: number;
};

export type Programme = ReturnType<typeof programme>;

/** What is said of a region's place in the programme, and what was said before. */
export function programme(sql: Sql) {
  return {
    /**
     * Keeps the word and what it takes the place of, together. A word that changes nothing leaves no trace.
     * @returns whether anything changed; false too where there is no such region
     */
    say: (code: RegionCode, { programme, note, accountId, at }: ProgrammeWord): Promise<boolean> =>
      sql.transaction(async (inner) => {
        const [known] = await inner.query<{ programme: ProgrammeStatus | null; note: string | null }>(
          'SELECT programme, programme_note AS note FROM region WHERE code = $1 FOR UPDATE',
          [code],
        );
        if (known === undefined || (known.programme === programme && known.note === note)) return false;
        await inner.run('UPDATE region SET programme = $2, programme_note = $3 WHERE code = $1', [
          code,
          programme,
          note,
        ]);
        await inner.run(
          `INSERT INTO region_programme_change (region_code, changed_at, account_id, before, before_note, programme, note)
           VALUES ($1, $2, $3, $4, $5, $6, $7)`,
          [code, new Date(at), accountId, known.programme, known.note, programme, note],
        );
        return true;
      }),

    /** The newest first. */
    async history(code: RegionCode): Promise<ProgrammeEntry[]> {
      const rows = await sql.query<Omit<ProgrammeEntry, 'changedAt'> & { changedAt: Date }>(
        `SELECT c.changed_at AS "changedAt", a.display_name AS by, c.before, c.before_note AS "beforeNote", c.programme, c.note
         FROM region_programme_change c LEFT JOIN account a ON a.id = c.account_id
         WHERE c.region_code = $1 ORDER BY c.id DESC LIMIT ${SHOWN}`,
        [code],
      );
      return rows.map((row) => ({ ...row, changedAt: millis(row.changedAt) }));
    },
  };
}
