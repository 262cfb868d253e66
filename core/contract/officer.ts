import { type Static, Type } from 'typebox';
import { OFFICER_QUESTION_IDS, OFFICER_REPLIES } from '../domain/officer.ts';
import { SITE_KINDS } from '../domain/site.ts';
import { Moment, nullable, oneOf, StateText } from './common.ts';
import type { Contract } from './contract.ts';
import { PHOTO_TYPES } from './photos.ts';

/** What the link of a village's officer opens. */
export const OfficerView = Type.Object({
  village: Type.String(),
  startedAt: Moment,
  /** The hotspots are back, or it has ended: nothing is asked any more. */
  isOver: Type.Boolean(),
  /** It was announced as maintenance. */
  isPlanned: Type.Boolean(),
  isHandled: Type.Boolean(),
  sites: Type.Array(
    Type.Object({ name: Type.String(), kind: oneOf(SITE_KINDS), state: StateText, since: nullable(Moment) }),
  ),
  questions: Type.Array(
    Type.Object({
      question: oneOf(OFFICER_QUESTION_IDS),
      answers: Type.Array(oneOf(OFFICER_REPLIES)),
      /** What was answered last. */
      answer: nullable(oneOf(OFFICER_REPLIES)),
      at: nullable(Moment),
    }),
  ),
  photos: Type.Integer(),
  expiresAt: Moment,
});
export type OfficerView = Static<typeof OfficerView>;

/** Longer than any link: nothing is said of its form before it is read. */
const Params = Type.Object({ token: Type.String({ maxLength: 200 }) });
const seen = { 200: OfficerView };

export const getOfficerIncident = {
  method: 'GET',
  url: '/api/v1/officer/:token',
  summary: 'What the link of a village officer opens: one incident of one village',
  tag: 'officer',
  access: 'public',
  schema: { params: Params, response: seen },
} as const satisfies Contract;

export const answerOfficer = {
  method: 'POST',
  url: '/api/v1/officer/:token/answers',
  summary: 'Answer a question at the place; the last answer counts',
  tag: 'officer',
  access: 'public',
  schema: {
    params: Params,
    body: Type.Object({ question: oneOf(OFFICER_QUESTION_IDS), answer: oneOf(OFFICER_REPLIES) }),
    response: seen,
  },
} as const satisfies Contract;

/** Body: the JPEG, PNG or WebP itself, of 8 MB at most. */
export const sendOfficerPhoto = {
  method: 'POST',
  url: '/api/v1/officer/:token/photos',
  summary: 'Send a photograph of the place',
  tag: 'officer',
  access: 'public',
  consumes: PHOTO_TYPES,
  schema: { params: Params, response: seen },
} as const satisfies Contract;
