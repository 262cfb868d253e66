import { type OfficerAnswer, type OfficerSaid, officerSaid } from '../../domain/officer.ts';
import type { RegionCode } from '../../domain/region.ts';
import { INCIDENT_FAMILY } from './incident-family.ts';
import { millis } from './query.ts';
import type { Sql } from './sql.ts';

export type OfficerAnswers = ReturnType<typeof officerAnswers>;

/** What officers of villages said of incidents. */
export function officerAnswers(sql: Sql) {
  return {
    /** The last answer to each question in each village, the first village first. */
    async of(incidentId: string): Promise<OfficerAnswer[]> {
      const rows = await sql.query<{ villageCode: RegionCode; question: string; answer: string; at: Date }>(
        `${INCIDENT_FAMILY} SELECT DISTINCT ON (a.village_code, a.question) a.village_code AS "villageCode", a.question, a.answer, a.at
         FROM officer_answer a JOIN family f ON f.id = a.incident_id
         ORDER BY a.village_code, a.question, a.id DESC`,
        [incidentId],
      );
      return rows.flatMap(({ villageCode, question, answer, at }) => {
        const said = officerSaid(question, answer);
        return said === null ? [] : [{ ...said, villageCode, at: millis(at) }];
      });
    },

    /** What the villages said of an incident holds for what was split from it there. */
    async handOn(from: string, to: string, villageCodes: readonly RegionCode[], within: Sql): Promise<void> {
      await within.run(
        `INSERT INTO officer_answer (incident_id, village_code, question, answer, at)
         SELECT $2, village_code, question, answer, at FROM officer_answer
         WHERE incident_id = $1 AND village_code = ANY($3::text[]) ORDER BY id`,
        [from, to, villageCodes],
      );
    },

    /** @param within the transaction of what it tells of */
    async add(
      incidentId: string,
      { villageCode, at, question, answer }: OfficerSaid & { readonly villageCode: RegionCode; readonly at: number },
      within: Sql = sql,
    ): Promise<void> {
      await within.run(
        `INSERT INTO officer_answer (incident_id, village_code, question, answer, at) VALUES ($1, $2, $3, $4, $5)`,
        [incidentId, villageCode, question, answer, new Date(at)],
      );
    },
  };
}
