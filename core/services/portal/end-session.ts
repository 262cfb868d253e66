import type { Bus } from '../../bus/bus.ts';
import type { Clock } from '../../domain/clock.ts';
import { AppError } from '../../domain/errors.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';

/**
 * Asks for the end of a session. The portal's process, which can reach the gateway, does it and writes what the gateway
 * answered; until then nothing is promised.
 * @throws AppError `not-found`; `conflict` where it has ended already
 */
export async function askSessionEnd(
  { inventory, bus, clock }: { readonly inventory: Inventory; readonly bus: Bus; readonly clock: Clock },
  id: string,
): Promise<void> {
  const { sessions } = inventory.portal;
  const at = clock();
  const session = await sessions.get(id);
  if (session === null) throw new AppError('not-found', 'there is no such session');
  if ((await sessions.askEnd(id, at)) === null) throw new AppError('conflict', 'the session has ended already');
  bus.publish({ type: 'portal-end-asked', sessionId: id, regionCode: session.regionCode, at });
}
