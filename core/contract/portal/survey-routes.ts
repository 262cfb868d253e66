import { type Static, Type } from 'typebox';
import { PageQuery, pageOf, Uuid } from '../common.ts';
import type { Contract } from '../contract.ts';
import { DayText } from './figure-routes.ts';

/** A question that a site asked, and how often it was answered. */
export const SurveyQuestion = Type.Object({
  question: Type.String(),
  answers: Type.Integer(),
  firstDay: DayText,
  lastDay: DayText,
});
export type SurveyQuestion = Static<typeof SurveyQuestion>;

/** The same words to the same question, in whatever case, are one answer. */
export const SurveyAnswer = Type.Object({
  answer: Type.String(),
  count: Type.Integer(),
  lastDay: DayText,
});
export type SurveyAnswer = Static<typeof SurveyAnswer>;

export const getSurvey = {
  method: 'GET',
  url: '/api/v1/portal/sites/:siteId/survey',
  summary: 'What people of a site answered to its question, counted, tied to nobody; the most frequent first',
  tag: 'portal',
  access: 'signed-in',
  schema: {
    params: Type.Object({ siteId: Uuid }),
    querystring: Type.Intersect([
      PageQuery,
      /** The one that was answered last, where none is named. */
      Type.Object({ question: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) }),
    ]),
    response: {
      200: Type.Intersect([
        /** The one that was answered last comes first. */
        Type.Object({ questions: Type.Array(SurveyQuestion) }),
        pageOf(SurveyAnswer),
      ]),
    },
  },
} as const satisfies Contract;
