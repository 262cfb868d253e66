import type { Bus } from '../../bus/bus.ts';
import type { Incident } from '../../contract/incidents.ts';
import type { Clock } from '../../domain/clock.ts';
import { AppError } from '../../domain/errors.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';

/** What a person's work on incidents takes. */
export type ActingParts = {
  readonly inventory: Pick<Inventory, 'incidents' | 'incidentLedger' | 'outages'>;
  readonly bus: Bus;
  readonly clock: Clock;
};

/** @throws AppError `not-found`, or `conflict` where another incident took it over */
export async function standing({ inventory }: Pick<ActingParts, 'inventory'>, id: string): Promise<Incident> {
  const incident = await inventory.incidents.get(id);
  if (incident === null) throw new AppError('not-found', 'there is no such incident');
  if (incident.mergedInto !== null) throw new AppError('conflict', 'another incident took this one over');
  return incident;
}

export function publishChange(
  { bus, clock }: Pick<ActingParts, 'bus' | 'clock'>,
  { id, regionCode }: Pick<Incident, 'id' | 'regionCode'>,
  what: 'opened' | 'changed' | 'closed' = 'changed',
): void {
  bus.publish({ type: `incident-${what}`, incidentId: id, regionCode, at: clock() });
}
