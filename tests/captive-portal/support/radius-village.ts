import { startRadiusServer } from '../../../captive-portal/radius/server.ts';
import { openRadiusAccess } from '../../../captive-portal/radius-policy.ts';
import { Secret } from '../../../core/config/secret.ts';
import { silentLog } from '../../../core/log/log.ts';
import { type GatewayFile, type GatewayPlan, loadGatewayTemplates } from '../../../provisioning/gateway-files.ts';
import { openHotspot } from '../flow/support/hotspot.ts';

export const RADIUS_SECRET = 'rahasia-radius-desa';

/** A village whose portal, policy and RADIUS server are the real ones; the gateway before it is the test's. */
export async function openRadiusVillage(family: string, settings: Record<string, unknown>) {
  const village = await openHotspot({ family, settings });
  const { inventory, parts, service, gateway, portal } = village;
  await inventory.portal.gateways.update(gateway.id, { radiusAddress: '127.0.0.1', radiusSecret: RADIUS_SECRET });
  const access = await openRadiusAccess({ ...service, families: parts.gateways, log: silentLog });
  const server = await startRadiusServer({
    ...{ bind: '127.0.0.1', authPort: 0, acctPort: 0, radsec: null, log: silentLog },
    nasOf: access.nasOf,
    policy: access.policy,
    authenticatorSeen: access.authenticatorSeen,
    clock: parts.clock,
  });
  return {
    ...village,
    access,
    radius: { secret: RADIUS_SECRET, authPort: server.authPort, acctPort: server.acctPort },
    portalHost: new URL(portal.url).host,
    /** Where the gateway stands, once it does. */
    async standsAt(lanAddress: string): Promise<void> {
      await inventory.portal.gateways.update(gateway.id, { lanAddress });
    },
    /** The files of our provisioning for this gateway. */
    async files(fallback: 'closed' | 'trial' = 'trial'): Promise<readonly GatewayFile[]> {
      const opened = await inventory.portal.gateways.open(gateway.id);
      if (opened === null) throw new Error('the gateway is gone');
      return await filesFor({
        gateway: opened,
        site: { name: 'Desa Sukamaju', fallback },
        portal: { origin: portal.url, radiusHost: '127.0.0.1', authPort: server.authPort, acctPort: server.acctPort },
      });
    },
    async close() {
      await server.close();
      await access.close();
      await village.close();
    },
  };
}

export async function filesFor(plan: GatewayPlan): Promise<readonly GatewayFile[]> {
  const template = (await loadGatewayTemplates()).get(plan.gateway.family);
  if (template === undefined) throw new Error(`no template for ${plan.gateway.family}`);
  return template(plan);
}

/** A plan for a gateway that lies in no store. */
export const planFor = (
  family: string,
  settings: Readonly<Record<string, unknown>>,
  more: Partial<GatewayPlan['gateway']> = {},
): GatewayPlan => ({
  gateway: {
    ...{ ref: 'desa0001', name: 'Router balai desa', family, settings },
    ...{ lanAddress: '10.5.50.1', nasIdentifier: null, coaPort: 3_799, radiusSecret: new Secret(RADIUS_SECRET) },
    ...more,
  },
  site: { name: 'Desa Sukamaju', fallback: 'trial' },
  portal: { origin: 'https://portal.example', radiusHost: '192.0.2.10', authPort: 1_812, acctPort: 1_813 },
});
