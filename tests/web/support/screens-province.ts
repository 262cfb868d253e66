import type { AddressInfo } from 'node:net';
import { loadGateways } from '../../../captive-portal/gateway.ts';
import { loadMethods } from '../../../captive-portal/method.ts';
import { portalPreview } from '../../../captive-portal/preview.ts';
import type { Role } from '../../../core/contract/contract.ts';
import type { Inventory } from '../../../core/stores/inventory/inventory.ts';
import { openTestApi, type TestApi } from '../../support/api.ts';
import { openTestInventory } from '../../support/inventory.ts';
import { layMarkedProvince } from '../../support/marked-province.ts';
import { askAt, REGENCY, type StoreFacts, storeFacts } from './store-facts.ts';

export type ScreensProvince = {
  readonly api: TestApi;
  readonly url: string;
  readonly facts: StoreFacts;
  /** Session of somebody of this role: name and value of the cookie. */
  cookieOf(role: Role): { readonly name: string; readonly value: string };
  close(): Promise<void>;
};

const ROLES: readonly Role[] = ['admin', 'engineer', 'planner', 'officer', 'viewer', 'agency'];

/** A province with one of everything, behind the real API and the built web, with somebody of each role signed in. */
export async function openScreensProvince(siteDir: string): Promise<ScreensProvince> {
  const kinds = { gateways: await loadGateways(), methods: await loadMethods() };
  let inventory: Inventory | undefined;
  const clock = () => Date.now();
  const api = await openTestApi({
    siteDir,
    clock,
    portal: kinds,
    openStores: async (options) => {
      const stores = await openTestInventory({ ...options, clock, portal: kinds });
      inventory = stores.inventory;
      return stores;
    },
    portalPreview: async (...asked) => {
      if (inventory === undefined) throw new Error('there is no inventory yet');
      const config = { helpPhone: '0711-351000' };
      return await portalPreview({ inventory, methods: kinds.methods, clock, config })(...asked);
    },
  });
  try {
    api.time.now = clock();
    const { own, agency, sharedIncidentId } = await layMarkedProvince(api.inventory);
    // The officer is asked about the one of the village, not of the whole province.
    await api.inventory.sql.run('UPDATE incident SET ended_at = $2, closed_at = $2 WHERE id = $1', [
      sharedIncidentId,
      new Date(),
    ]);
    await api.inventory.devices.create({
      code: 'ap',
      name: 'Hotspot Balai',
      kind: 'access-point',
      siteId: own['siteId'] ?? '',
      host: '10.9.9.9',
    });
    const cookies = new Map<Role, string>();
    for (const role of ROLES) {
      const region = role === 'officer' ? REGENCY : role === 'admin' ? '' : '16';
      const agencySiteId = role === 'agency' ? (agency['siteId'] ?? null) : null;
      const { account, cookie } = await api.signIn(role, region, agencySiteId);
      // Called like a person, not like a role: what the screens say of roles is told apart.
      await api.inventory.sql.run('UPDATE account SET name = $2, display_name = $2 WHERE id = $1', [
        account.id,
        `${role.slice(0, 2)}ndri`,
      ]);
      cookies.set(role, cookie);
    }
    const cookieOf = (role: Role): string => cookies.get(role) ?? '';
    await api.app.listen({ host: '127.0.0.1', port: 0 });
    const url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
    const pageOf = async (role: Role, path: string) =>
      await (await fetch(url + path, { headers: { cookie: cookieOf(role) } })).text();
    return {
      api,
      url,
      facts: await storeFacts(askAt(url, cookieOf('admin')), pageOf),
      cookieOf: (role) => {
        const [name = '', value = ''] = cookieOf(role).split('=');
        return { name, value };
      },
      close: () => api.close(),
    };
  } catch (error) {
    await api.close();
    throw error;
  }
}
