import type { SurveyAnswer, SurveyQuestion } from '../../../contract/portal/survey-routes.ts';
import { Conditions, type Page, type PageAsked, paged } from '../query.ts';
import type { Sql } from '../sql.ts';

/** What a survey question takes at most; the rest is cut off. */
const LONGEST_ANSWER = 300;
/** A site has one at a time; older ones stay until retention takes their answers. */
const MOST_QUESTIONS = 50;

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

    /** What a site asked, the one that was answered last first. */
    async questions(siteId: string): Promise<SurveyQuestion[]> {
      const rows = await sql.query<SurveyQuestion>(
        `SELECT question, count(*)::int AS answers, to_char(min(day), 'YYYY-MM-DD') AS "firstDay",
           to_char(max(day), 'YYYY-MM-DD') AS "lastDay"
         FROM portal_survey_answers WHERE site_id = $1 GROUP BY question ORDER BY max(day) DESC, question LIMIT $2`,
        [siteId, MOST_QUESTIONS],
      );
      return [...rows];
    },

    /** Answers to one question, counted: the same words in whatever case are one. The most frequent first. */
    answers(siteId: string, question: string, asked: PageAsked): Promise<Page<SurveyAnswer>> {
      return paged(sql, {
        columns: `answer, "count", to_char(last_day, 'YYYY-MM-DD') AS "lastDay"`,
        from: `(SELECT site_id, question, min(answer) AS answer, count(*)::int AS "count", max(day) AS last_day
          FROM portal_survey_answers GROUP BY site_id, question, lower(answer)) a`,
        conditions: new Conditions().equals('site_id', siteId).equals('question', question),
        orderBy: '"count" DESC, answer',
        asked: { page: asked.page, pageSize: asked.pageSize },
        shape: (row: SurveyAnswer) => row,
      });
    },
  };
}
