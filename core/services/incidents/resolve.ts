import type { Cause } from '../../domain/incident.ts';
import { type ActingParts, publishChange, standing } from './acting.ts';

/** Says what the cause was. What the evidence had said is kept beside it, to be told how often it was right. */
export async function resolveIncident(
  parts: ActingParts,
  id: string,
  resolution: { readonly cause: Cause; readonly note?: string | undefined; readonly accountId: string },
): Promise<void> {
  const { incidents } = parts.inventory;
  const { cause, note, accountId } = resolution;
  const incident = await standing(parts, id);
  const at = parts.clock();
  await incidents.resolve(id, { cause, accountId, at });
  const event = { incidentId: id, at, accountId };
  await incidents.append([
    ...(cause === incident.cause
      ? []
      : [{ ...event, kind: 'cause-corrected' as const, data: { cause, guessed: incident.cause } }]),
    { ...event, kind: 'resolved', data: { cause, ...(note === undefined ? {} : { text: note.trim() }) } },
  ]);
  publishChange(parts, incident);
}
