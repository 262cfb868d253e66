import { type ActingParts, publishChange, standing } from './acting.ts';

/**
 * Takes back that somebody looks after an incident: it waits for someone again, and its escalation goes on. Where nobody
 * does, nothing changes.
 */
export async function unacknowledgeIncident(parts: ActingParts, id: string, accountId: string): Promise<void> {
  const { incidents } = parts.inventory;
  const incident = await standing(parts, id);
  if (!(await incidents.unacknowledge(id))) return;
  await incidents.append([{ incidentId: id, at: parts.clock(), kind: 'unacknowledged', accountId }]);
  publishChange(parts, incident);
}
