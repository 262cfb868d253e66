import type { Bus } from '../../../core/bus/bus.ts';
import type { Secret } from '../../../core/config/secret.ts';
import type { Clock } from '../../../core/domain/clock.ts';
import type { Log } from '../../../core/log/log.ts';
import type { Inventory } from '../../../core/stores/inventory/inventory.ts';
import type { RunningLab } from '../running-lab.ts';
import { type Citizens, startCitizens } from './citizens.ts';
import { publicHotspots } from './public-hotspots.ts';
import { seedCitizens } from './seed.ts';

type Served = {
  readonly inventory: Inventory;
  readonly bus: Bus;
  readonly portal: {
    readonly url: string;
    readonly radius: { readonly authPort: number; readonly acctPort: number } | null;
  } | null;
};

export type OpenCitizens = Citizens & {
  /** What a person can open to see what citizens see. */
  readonly example: string;
};

/**
 * Sets the captive portal of the lab's public places up, and lets people come.
 * @param port where each hotspot's own login page listens
 * @returns null where they cannot come, which is told in the log: no portal, or loopback has no more than one address, as
 *   on macOS
 */
export async function openCitizens(options: {
  readonly running: Pick<RunningLab, 'lab' | 'network' | 'deviceIds'>;
  readonly simpul: Served;
  readonly key: Secret;
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<OpenCitizens | null> {
  const { running, simpul, key, port, clock, log } = options;
  const { inventory, bus, portal } = simpul;
  if (portal === null || portal.radius === null) return null;
  const { lab, network, deviceIds } = running;
  const hotspots = publicHotspots(network);
  try {
    const gateways = await seedCitizens(inventory, { hotspots, deviceIds, key, port, now: clock() });
    bus.publish({ type: 'inventory-changed', regionCode: '', at: clock() });
    const radius = { host: '127.0.0.1', ...portal.radius };
    const citizens = await startCitizens({ hotspots, gateways, portalUrl: portal.url, radius, lab, port, clock, log });
    const [first] = gateways.values();
    const arrival = first === undefined ? '/' : `/g/${first.ref}?mac=d2:00:00:00:00:01&ip=10.5.50.251`;
    return { ...citizens, example: `${portal.url}${arrival}` };
  } catch (error) {
    log.warn({ reason: String(error) }, 'no citizens come to the lab; its hotspots need addresses of 127.77.0.0/16');
    return null;
  }
}
