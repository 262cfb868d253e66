import { AppError } from '../../domain/errors.ts';
import type { OpenIncident } from '../../stores/inventory/incident-ledger.ts';
import { type ActingParts, publishChange, standing } from './acting.ts';

/**
 * Takes the outages of other incidents over. All of them stay where they are from then on, whatever the correlation
 * finds.
 * @throws AppError `not-found`, `conflict`, `bad-input`
 */
export async function mergeIncidents(
  parts: ActingParts,
  id: string,
  { others, accountId }: { readonly others: readonly string[]; readonly accountId: string },
): Promise<void> {
  if (others.includes(id)) throw new AppError('bad-input', 'an incident cannot take itself over');
  const { incidents, incidentLedger: ledger } = parts.inventory;
  const at = parts.clock();
  const merged = await ledger.alone(async (tx) => {
    const kept = await ledger.locked(tx, id);
    const taken: OpenIncident[] = [];
    for (const other of others) taken.push(await ledger.locked(tx, other));
    const outageIds = await ledger.outageIdsOf(tx, [id, ...others]);
    await ledger.place(tx, id, outageIds, { isPinned: true });
    await ledger.absorb(tx, id, others, at);
    await ledger.reopenIfDown(tx, id);
    await incidents.append(
      taken.flatMap((other) => [
        {
          incidentId: id,
          at,
          kind: 'merged' as const,
          accountId,
          data: { incidentId: other.id, number: other.number },
        },
        {
          incidentId: other.id,
          at,
          kind: 'absorbed' as const,
          accountId,
          data: { incidentId: id, number: kept.number },
        },
      ]),
      tx,
    );
    return taken;
  });
  for (const other of merged) publishChange(parts, other, 'closed');
  publishChange(parts, await standing(parts, id));
}
