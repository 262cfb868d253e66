import { AppError } from '../../domain/errors.ts';
import type { Log } from '../../log/log.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import { type ActingParts, publishChange, standing } from './acting.ts';
import { type JudgeParts, judgeAnew } from './judge-incident.ts';
import { commonRegion } from './network.ts';

export type SplitParts = ActingParts & {
  readonly inventory: ActingParts['inventory'] & JudgeParts['inventory'] & Pick<Inventory, 'notices'>;
  readonly series: JudgeParts['series'];
  readonly log: Log;
};

/**
 * Makes some outages of an incident one of their own. Both keep what they have from then on, whatever the correlation
 * finds, and whoever worked on it works on both. Whoever was told of the incident hears the end of each; only others are
 * told of the new one.
 * @returns the id of the new incident
 * @throws AppError `not-found`, `conflict`; `bad-input` for outages that are not its own, or all of them
 */
export async function splitIncident(
  parts: SplitParts,
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
    await ledger.handOn(tx, id, made.id);
    const places = moved.map(({ regionCode }) => regionCode);
    await parts.inventory.officerAnswers.handOn(id, made.id, places, tx);
    const isOver = moved.every(({ endedAt }) => endedAt !== null);
    if (!isOver) await parts.inventory.notices.begin(tx, [made.id], at);
    const event = { at, accountId };
    await incidents.append(
      [
        {
          ...event,
          incidentId: made.id,
          kind: 'opened',
          data: { count: moved.length, from: id, number: source.number, ...(isOver ? { isQuiet: true } : {}) },
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
  await judgeAnew(parts, made.made.id, at);
  publishChange(parts, made.made, 'opened');
  publishChange(parts, made.source);
  return (await standing(parts, made.made.id)).id;
}
