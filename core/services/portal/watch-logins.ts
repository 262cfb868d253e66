import type { PortalGateway } from '../../contract/portal/gateway.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';

type Stores = Pick<Inventory, 'devices' | 'sql'>;
type Watched = Pick<PortalGateway, 'id' | 'ref' | 'name' | 'siteId' | 'deviceId' | 'enabled'>;

const codeOf = (ref: string): string => `portal-${ref}`;

const idOf = async ({ sql }: Stores, ref: string): Promise<string | null> =>
  (await sql.query<{ id: string }>('SELECT id FROM device WHERE code = $1', [codeOf(ref)]))[0]?.id ?? null;

/**
 * Has the logins of a gateway watched like a device of its own behind the gateway's: when people who agreed do not come
 * online although the gateway answers, that is an outage, and an incident of the way in.
 */
export async function watchLogins(stores: Stores, gateway: Watched): Promise<void> {
  const { id, ref, name, siteId, deviceId, enabled } = gateway;
  const watched = {
    name: `Pintu masuk Wi-Fi ${name}`.slice(0, 200),
    siteId,
    enabled,
    parentIds: deviceId === null ? [] : [deviceId],
  };
  const known = await idOf(stores, ref);
  if (known !== null) return void (await stores.devices.update(known, watched));
  await stores.devices.create({
    ...watched,
    code: codeOf(ref),
    kind: 'portal',
    // Nobody is asked over the network: what is looked at is the portal itself.
    host: 'portal',
    reachability: 'portal-logins',
    settings: { gateway: id },
  });
}

/** Ends the watch, with its history. */
export async function unwatchLogins(stores: Stores, { ref }: Pick<Watched, 'ref'>): Promise<void> {
  const known = await idOf(stores, ref);
  if (known !== null) await stores.devices.remove(known);
}
