import type { OfficerView } from '../../core/contract/officer.ts';
import { OFFICER_QUESTION_IDS, OFFICER_QUESTIONS, type OfficerQuestion } from '../../core/domain/officer.ts';
import type { OfficerIncident } from '../../core/services/officer/officer-incident.ts';
import type { OfficerGrant } from '../../core/services/officer/officer-link.ts';

/** An incident as its village's officer sees it: no id, no name of anybody, nothing of any other village. */
export function officerView(seen: OfficerIncident, { expiresAt }: Pick<OfficerGrant, 'expiresAt'>): OfficerView {
  const { incident, village, sites, isOver, isPlanned, isHandled, photos } = seen;
  const asked = (question: OfficerQuestion) => {
    const known = seen.answers.find((answer) => answer.question === question);
    return {
      question,
      answers: [...OFFICER_QUESTIONS[question]],
      answer: known?.answer ?? null,
      at: known?.at ?? null,
    };
  };
  return {
    village: village.name,
    startedAt: incident.startedAt,
    isOver,
    isPlanned,
    isHandled,
    sites: sites.map((site) => ({ ...site })),
    questions: OFFICER_QUESTION_IDS.map(asked),
    photos,
    expiresAt,
  };
}
