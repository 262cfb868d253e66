import { type ActingParts, publishChange, standing } from './acting.ts';

/** Writes something into the timeline. */
export async function commentIncident(
  parts: ActingParts,
  id: string,
  { text, accountId }: { readonly text: string; readonly accountId: string },
): Promise<void> {
  const incident = await standing(parts, id);
  await parts.inventory.incidents.append([
    { incidentId: id, at: parts.clock(), kind: 'commented', accountId, data: { text: text.trim() } },
  ]);
  publishChange(parts, incident);
}
