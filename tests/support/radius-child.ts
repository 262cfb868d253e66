/**
 * A process for the tests to kill: answers hotspots on the ports of its arguments from the PostgreSQL of DATABASE_URL.
 * Says `ready` once it listens.
 */
import { loadGateways } from '../../captive-portal/gateway.ts';
import { startRadiusServer } from '../../captive-portal/radius/server.ts';
import { openRadiusAccess, type PortalNas } from '../../captive-portal/radius-policy.ts';
import { silentLog } from '../../core/log/log.ts';
import { openInventoryAt } from './inventory-at.ts';
import { portalPartsOf } from './portal-places.ts';

const [authPort = '', acctPort = ''] = process.argv.slice(2);
const inventory = await openInventoryAt(process.env['DATABASE_URL'] ?? '');
const parts = portalPartsOf(inventory, Date.now);
const access = await openRadiusAccess({ ...parts, families: await loadGateways(), log: silentLog });
const { nasOf, policy, authenticatorSeen } = access;
await startRadiusServer<PortalNas>({
  ...{ bind: '127.0.0.1', authPort: Number(authPort), acctPort: Number(acctPort), radsec: null },
  ...{ nasOf, policy, authenticatorSeen, clock: Date.now, log: silentLog },
});
process.stdout.write('ready\n');
