/**
 * What a village officer is asked of a hotspot that is down, and what can be answered. `unsure` is an answer too: it
 * says nothing of the cause, and nobody is asked again.
 */
export const OFFICER_QUESTIONS = {
  /** Is a lamp of the router lit? */
  lamp: ['on', 'off', 'unsure'],
  /** Is it plugged in? `no-power`: the electricity of the village is off. */
  plug: ['in', 'out', 'no-power', 'unsure'],
} as const satisfies Record<string, readonly string[]>;

export type OfficerQuestion = keyof typeof OFFICER_QUESTIONS;
export type OfficerReplyOf<Q extends OfficerQuestion> = (typeof OFFICER_QUESTIONS)[Q][number];
export type OfficerReply = OfficerReplyOf<OfficerQuestion>;

export const OFFICER_QUESTION_IDS: readonly OfficerQuestion[] = ['lamp', 'plug'];
/** Every answer to any question, each once. */
export const OFFICER_REPLIES: readonly OfficerReply[] = [...new Set(Object.values(OFFICER_QUESTIONS).flat())];

/** A question with an answer that belongs to it. */
export type OfficerSaid = {
  [Q in OfficerQuestion]: { readonly question: Q; readonly answer: OfficerReplyOf<Q> };
}[OfficerQuestion];

export type OfficerAnswer = OfficerSaid & { readonly villageCode: string; readonly at: number };

/** The pair where the two belong together, else null: for what comes from outside. */
export function officerSaid(question: unknown, answer: unknown): OfficerSaid | null {
  if (question === 'lamp') {
    const known = OFFICER_QUESTIONS.lamp.find((reply) => reply === answer);
    return known === undefined ? null : { question, answer: known };
  }
  if (question === 'plug') {
    const known = OFFICER_QUESTIONS.plug.find((reply) => reply === answer);
    return known === undefined ? null : { question, answer: known };
  }
  return null;
}
