import { AppError } from '../../domain/errors.ts';
import { type ActingParts, publishChange, standing } from './acting.ts';
import { commonRegion } from './network.ts';

/**
 * Makes some outages of an incident one of their own. Both keep what they have from then on, whatever the correlation
 * finds.
 * @returns the id of the new incident
 * @throws AppError `not-found`, `conflict`; `bad-input` for outages that are not its own, or all of them
 */
export async function splitIncident(
  parts: ActingParts,
  id: string,
  { outageIds, accountId }: { readonly outageIds: readonly string[]; readonly accountId: string },
): Promise<string> {
  const { incidents, incidentLedger: ledger } = parts.inventory;
  const at = parts.clock();
  const made = await ledger.alone(async (tx) => {
    const source = await ledger.locked(tx, id);
    const all = await ledger.outagesIn(tx, id);
    const moved = all.filter((outage) => outageIds.includes(outage.id));
    const [first] = moved;
    if (first === undefined || moved.length !== outageIds.length || moved.length === all.length) {
      const reason = 'must name some, and not all, outages of this incident';
      throw new AppError('bad-input', `the outages ${reason}`, { faults: [{ field: '/outageIds', reason }] });
    }
    const made = await ledger.open(tx, {
      root: { kind: 'device', deviceId: first.deviceId },
      startedAt: first.startedAt,
      openedAt: at,
      regionCode: commonRegion(moved.map(({ regionCode }) => regionCode)),
    });
    const deviceIds = moved.map(({ deviceId }) => deviceId);
    const kept = all.filter((outage) => !outageIds.includes(outage.id)).map((outage) => outage.id);
    await ledger.place(tx, made.id, outageIds, { isPinned: true });
    await ledger.place(tx, id, kept, { isPinned: true });
    await ledger.takeEffects(tx, id, deviceIds);
    await ledger.addEffects(tx, made.id, deviceIds);
    const isOver = moved.every(({ endedAt }) => endedAt !== null);
    const event = { at, accountId };
    await incidents.append(
      [
        {
          ...event,
          incidentId: made.id,
          kind: 'opened',
          data: { count: moved.length, from: id, ...(isOver ? { isQuiet: true } : {}) },
        },
        {
          ...event,
          incidentId: id,
          kind: 'split',
          data: { incidentId: made.id, number: made.number, count: moved.length },
        },
      ],
      tx,
    );
    return { made, source };
  });
  publishChange(parts, made.made, 'opened');
  publishChange(parts, made.source);
  return (await standing(parts, made.made.id)).id;
}
