import type { Sql } from '../sql.ts';

/** What a survey question takes at most; the rest is cut off. */
const LONGEST_ANSWER = 300;

/** Answers to the question of a site, tied to nobody: not even their time of day is kept. */
export function portalSurvey(sql: Sql) {
  return {
    /** @param day of the province's zone, `2026-11-22` */
    async add(answer: { readonly siteId: string; readonly day: string; question: string; answer: string }) {
      const text = answer.answer.replace(/\s+/g, ' ').trim().slice(0, LONGEST_ANSWER);
      if (text === '') return;
      await sql.run('INSERT INTO portal_survey_answers (site_id, day, question, answer) VALUES ($1, $2, $3, $4)', [
        answer.siteId,
        answer.day,
        answer.question,
        text,
      ]);
    },

    /** Newest first; within a day in no order that tells who came when. */
    async list(siteId: string, most = 500): Promise<readonly { day: string; question: string; answer: string }[]> {
      return await sql.query(
        `SELECT to_char(day, 'YYYY-MM-DD') AS day, question, answer FROM portal_survey_answers WHERE site_id = $1
         ORDER BY day DESC, answer LIMIT $2`,
        [siteId, most],
      );
    },
  };
}
