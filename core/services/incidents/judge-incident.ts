import { evidenceOf, judge } from '../../domain/cause.ts';
import type { Log } from '../../log/log.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import { circumstancesOf, type EvidenceSources } from './circumstances.ts';
import type { IncidentChange } from './correlate.ts';

export type JudgeParts = EvidenceSources & {
  readonly inventory: EvidenceSources['inventory'] & Pick<Inventory, 'incidents' | 'incidentLedger'>;
};

/**
 * Looks at the evidence of an incident anew and keeps what it says. What a person said stays beside it untouched.
 * @returns what changed; null where it says the same as before
 */
export async function judgeIncident(parts: JudgeParts, id: string, now: number): Promise<IncidentChange | null> {
  const { incidents, incidentLedger } = parts.inventory;
  const incident = await incidentLedger.judged(id);
  if (incident === null) return null;
  const verdict = judge(evidenceOf(await circumstancesOf(parts, incident, now)));
  await incidentLedger.setVerdict(id, verdict, now);
  if (verdict.cause === incident.cause && verdict.confidence === incident.confidence) return null;
  if (verdict.cause !== incident.cause && !incident.isCorrected) {
    const data = { cause: verdict.cause, confidence: verdict.confidence };
    await incidents.append([{ incidentId: id, at: now, kind: 'cause-found', accountId: null, data }]);
  }
  return { what: 'changed', incidentId: id, regionCode: incident.regionCode };
}

/** After what somebody did, which is kept already: what cannot be judged now is with the next round of the correlation. */
export async function judgeAnew(parts: JudgeParts & { readonly log: Log }, id: string, now: number): Promise<void> {
  try {
    await judgeIncident(parts, id, now);
  } catch (error) {
    parts.log.warn({ incidentId: id, err: error }, 'an incident could not be judged at once');
  }
}
