import type { Bus } from '../../bus/bus.ts';
import { type Clock, MINUTE } from '../../domain/clock.ts';
import { AppError } from '../../domain/errors.ts';
import type { OfficerSaid } from '../../domain/officer.ts';
import type { Log } from '../../log/log.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import { type JudgeParts, judgeAnew } from '../incidents/judge-incident.ts';
import { type OfficerIncident, type OfficerParts, officerIncident } from './officer-incident.ts';
import type { OfficerGrant } from './officer-link.ts';

export type AnswerParts = {
  readonly inventory: OfficerParts['inventory'] & JudgeParts['inventory'] & Pick<Inventory, 'sql'>;
  readonly series: JudgeParts['series'];
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
};

/** So long nobody further up is woken after an officer answered: somebody is there and looks. */
export const ESCALATION_HOLD_MS = 30 * MINUTE;

/**
 * Keeps what an officer answered: in the timeline, as evidence of the cause, and as a reason to wait before others are
 * woken. The same answer again changes nothing.
 * @throws AppError `not-found`, or `conflict` where it is over
 */
export async function answerOfficer(parts: AnswerParts, grant: OfficerGrant, said: OfficerSaid): Promise<void> {
  const { inventory, clock } = parts;
  const seen = await officerIncident(parts, grant);
  if (seen.isOver) throw new AppError('conflict', 'the hotspot is back already');
  const { question, answer } = said;
  if (seen.answers.some((known) => known.question === question && known.answer === answer)) return;
  const at = clock();
  const { incident, village } = seen;
  await inventory.sql.transaction(async (tx) => {
    await inventory.officerAnswers.add(incident.id, { ...said, villageCode: village.code, at }, tx);
    const data = { villageCode: village.code, village: village.name, question, answer };
    await inventory.incidents.append(
      [{ incidentId: incident.id, at, kind: 'officer-answered', accountId: null, data }],
      tx,
    );
    if (holdsEscalation(seen)) await inventory.incidents.hold(incident.id, at + ESCALATION_HOLD_MS, tx);
  });
  await judgeAnew(parts, incident.id, clock());
  parts.bus.publish({ type: 'incident-changed', incidentId: incident.id, regionCode: incident.regionCode, at });
}

/** One village's officer says nothing of what holds for a whole district. */
export const holdsEscalation = ({ incident, village }: Pick<OfficerIncident, 'incident' | 'village'>): boolean =>
  incident.regionCode === village.code;
