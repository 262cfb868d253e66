import { randomUUID } from 'node:crypto';
import { SECOND } from '../../core/domain/clock.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { NOON } from './api.ts';

export type LaidIncident = {
  readonly id: string;
  readonly deviceIds: readonly string[];
  readonly outageIds: readonly string[];
};

/** An open incident of new devices at a site, as the correlation would lay it. */
export async function incidentIn(inventory: Inventory, siteId: string, count = 1): Promise<LaidIncident> {
  const { incidentLedger: ledger, incidents } = inventory;
  const deviceIds: string[] = [];
  const outageIds: string[] = [];
  for (let n = 0; n < count; n++) {
    const code = randomUUID().slice(0, 8);
    const device = await inventory.devices.create({
      code,
      name: `AP ${code}`,
      kind: 'router',
      siteId,
      host: '127.0.0.1',
    });
    const { outage } = await inventory.statuses.recordTransition({
      deviceId: device.id,
      state: 'down',
      previous: 'up',
      at: NOON,
      reason: 'timeout',
      lastSeenAt: NOON,
      memory: {},
      outage: { open: { startedAt: NOON, detectedAt: NOON + 10 * SECOND } },
    });
    deviceIds.push(device.id);
    if (outage !== null) outageIds.push(outage.id);
  }
  const [deviceId = ''] = deviceIds;
  const regionCode = (await inventory.sites.get(siteId))?.regionCode ?? '';
  const { id } = await ledger.alone(async (tx) => {
    const root = { kind: 'device', deviceId } as const;
    const made = await ledger.open(tx, { root, startedAt: NOON, openedAt: NOON, regionCode });
    await ledger.place(tx, made.id, outageIds);
    await ledger.addEffects(tx, made.id, deviceIds);
    await incidents.append([{ incidentId: made.id, at: NOON, kind: 'opened', accountId: null, data: { count } }], tx);
    return made;
  });
  return { id, deviceIds, outageIds };
}
