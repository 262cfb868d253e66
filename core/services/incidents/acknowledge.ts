import { type ActingParts, publishChange, standing } from './acting.ts';

/** Says that someone looks after an incident. The first one stands; a second changes nothing. */
export async function acknowledgeIncident(parts: ActingParts, id: string, accountId: string): Promise<void> {
  const { incidents } = parts.inventory;
  const incident = await standing(parts, id);
  const at = parts.clock();
  if (!(await incidents.acknowledge(id, { accountId, at }))) return;
  await incidents.append([{ incidentId: id, at, kind: 'acknowledged', accountId }]);
  publishChange(parts, incident);
}
