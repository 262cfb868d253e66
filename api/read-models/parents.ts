import type { Device } from '../../core/contract/devices.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { Scope } from '../scope.ts';

/** What a device is reached through: what whoever asks may see of it, and what not. */
export async function parentsOf(
  { dependencies, devices }: Pick<Inventory, 'dependencies' | 'devices'>,
  scope: Scope,
  deviceId: string,
): Promise<{ readonly seen: readonly Device[]; readonly hiddenIds: readonly string[] }> {
  const ids = await dependencies.parentsOf(deviceId);
  const parents = (await Promise.all(ids.map((id) => devices.get(id)))).filter((parent) => parent !== null);
  return {
    seen: parents.filter((parent) => scope.sees(parent)),
    hiddenIds: parents.filter((parent) => !scope.sees(parent)).map(({ id }) => id),
  };
}
