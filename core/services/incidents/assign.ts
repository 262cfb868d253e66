import { AppError } from '../../domain/errors.ts';
import { type ActingParts, publishChange, standing } from './acting.ts';

/**
 * Gives an incident to someone who may work on it, or takes it back.
 * @throws AppError `not-found`, `conflict`; `bad-input` for an account that may not work there
 */
export async function assignIncident(
  parts: ActingParts,
  id: string,
  { to, accountId }: { readonly to: string | null; readonly accountId: string },
): Promise<void> {
  const { incidents } = parts.inventory;
  const incident = await standing(parts, id);
  const people = to === null ? [] : await incidents.assignees(incident.regionCode);
  const assignee = people.find((person) => person.id === to);
  if (to !== null && assignee === undefined)
    throw new AppError('bad-input', 'this account may not work on the incident', {
      faults: [{ field: '/accountId', reason: 'must be of an engineer or admin of the region' }],
    });
  if (!(await incidents.assign(id, to))) return;
  const data = assignee === undefined ? {} : { name: assignee.name };
  await incidents.append([{ incidentId: id, at: parts.clock(), kind: 'assigned', accountId, data }]);
  publishChange(parts, incident);
}
