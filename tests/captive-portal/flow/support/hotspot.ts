import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GatewayFamilies, loadGateways } from '../../../../captive-portal/gateway.ts';
import { startPortal } from '../../../../captive-portal/main.ts';
import { loadMethods } from '../../../../captive-portal/method.ts';
import type { PortalParts } from '../../../../captive-portal/parts.ts';
import type { PortalServerOptions } from '../../../../captive-portal/server.ts';
import type { Clock } from '../../../../core/domain/clock.ts';
import type { Sample } from '../../../../core/domain/sample.ts';
import { zoneOf } from '../../../../core/domain/zone.ts';
import { type Log, silentLog } from '../../../../core/log/log.ts';
import { accounting } from '../../../../core/services/portal/account.ts';
import { authenticator } from '../../../../core/services/portal/authenticate.ts';
import { portalKeys } from '../../../../core/services/portal/portal-keys.ts';
import type { Inventory } from '../../../../core/stores/inventory/inventory.ts';
import { NOON } from '../../../support/api.ts';
import { openTestInventory, TEST_SECRET_KEY } from '../../../support/inventory.ts';

export const MAC = '02:00:00:00:00:64';
export const HELP_PHONE = '0711-351000';
const REF = /^[a-z0-9]{6,16}$/;

/** A router that sends browsers to the portal and asks the policy whom to let in, as RouterOS does, without RADIUS. */
export type Hotspot = Awaited<ReturnType<typeof openHotspot>>;

type Asked = {
  readonly clock?: Clock;
  readonly limits?: PortalServerOptions['limits'];
  readonly log?: Log;
  readonly openStores?: typeof openTestInventory;
  /** Of the gateway. */
  readonly family?: string;
  readonly settings?: Record<string, unknown>;
  /** Families beside those that there are. */
  readonly families?: GatewayFamilies;
  /** Where browsers reach the portal, if not at its own port. */
  readonly portalUrl?: string;
};

/** A village with one hotspot, its gateway and the portal before it, all on loopback. */
export async function openHotspot({ limits, log = silentLog, openStores = openTestInventory, ...asked }: Asked = {}) {
  const time = { now: NOON };
  const clock: Clock = asked.clock ?? (() => time.now);
  const methods = await loadMethods();
  const gateways = new Map([...(await loadGateways()), ...(asked.families ?? [])]);
  const stores = await openStores({ clock, portal: { gateways, methods } });
  const { inventory } = stores;
  const keys = portalKeys(TEST_SECRET_KEY);
  const zone = zoneOf('16');
  const samples: Sample[] = [];
  const place = await layVillage(inventory);
  const router = await startRouter();
  const gateway = await inventory.portal.gateways.create({
    name: 'Router balai desa',
    siteId: place.siteId,
    deviceId: place.deviceId,
    family: asked.family ?? 'mikrotik',
    settings: asked.settings ?? {},
    lanAddress: `127.0.0.1:${router.port}`,
  });
  if (!REF.test(gateway.ref)) throw new Error('a gateway without a ref');
  const parts: PortalParts = {
    inventory,
    series: { append: async (added) => void samples.push(...added) },
    keys,
    config: {
      bind: '127.0.0.1',
      portalPort: 0,
      portalUrl: asked.portalUrl ?? null,
      radiusAuthPort: 0,
      radiusAcctPort: 0,
      radsec: null,
      radiusRest: null,
      helpPhone: HELP_PHONE,
    },
    gateways,
    methods,
    zone,
    bus: null,
    clock,
    log,
  };
  const portal = await startPortal(parts, { radius: null, ...(limits && { limits }) });
  const service = { inventory, keys, clock, zone };
  const nas = { id: gateway.id, siteId: gateway.siteId };
  const authenticate = authenticator(service);
  const books = accounting(service);
  router.use({
    portalUrl: `${portal.url}/g/${gateway.ref}`,
    async admit(userName, password, mac) {
      const outcome = await authenticate(nas, {
        userName,
        check: (right) => right === password,
        callingStationId: mac,
        calledStationId: 'hotspot1',
        nasIdentifier: null,
        framedIp: '10.5.50.7',
        acctSessionId: '80000001',
      });
      if (outcome.kind === 'accept')
        await books.account({
          ...{ gatewayId: nas.id, siteId: nas.siteId, status: 'start', acctSessionId: '80000001', userName },
          ...{ classText: outcome.loginId, mac, framedIp: '10.5.50.7', at: clock(), seconds: 0 },
          ...{ upOctets: 0n, downOctets: 0n, cause: null },
        });
      return outcome.kind === 'accept' ? null : outcome.message;
    },
  });
  return {
    inventory,
    keys,
    portal,
    parts,
    time,
    samples,
    gateway,
    router,
    service,
    ...place,
    url: (path: string): string => `${portal.url}${path}`,
    /** As the router's page sends a browser. */
    arrival: (query: Readonly<Record<string, string>> = {}): string =>
      `${portal.url}/g/${gateway.ref}?${new URLSearchParams({ mac: MAC, ip: '10.5.50.7', lo: 'http://example.test/', ...query })}`,
    async close() {
      await portal.stop();
      await router.stop();
      await stores.close();
    },
  };
}

async function layVillage(inventory: Inventory) {
  const regions: readonly (readonly [code: string, level: string, name: string])[] = [
    ['16', 'province', 'Sumatera Selatan'],
    ['16.03', 'regency', 'Kabupaten Muara Enim'],
    ['16.03.11', 'district', 'Gelumbang'],
    ['16.03.11.2009', 'village', 'Sukamaju'],
  ];
  for (const [code, level, name] of regions) {
    const parent = code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : null;
    await inventory.sql.run(
      `INSERT INTO region (code, level, parent_code, name, lat, lng, population, desa_count, kelurahan_count, edition)
       VALUES ($1, $2, $3, $4, -3.2, 104.2, 1000, 3, 1, 'test')`,
      [code, level, parent, name],
    );
  }
  const site = await inventory.sites.create({
    code: 'sukamaju-publik',
    name: 'Balai Desa',
    kind: 'village-public',
    regionCode: '16.03.11.2009',
  });
  const device = await inventory.devices.create({
    code: `router-${randomUUID().slice(0, 8)}`,
    name: 'Router balai desa',
    kind: 'router',
    siteId: site.id,
    host: '127.0.0.1',
  });
  return { siteId: site.id, deviceId: device.id };
}

type Uses = {
  readonly portalUrl: string;
  /** @returns why not, null for who is let in */
  readonly admit: (userName: string, password: string, mac: string) => Promise<string | null>;
};

/** Its pages: whatever is asked leads to the portal, `/login` with a name asks the policy. */
async function startRouter() {
  let uses: Uses | null = null;
  const online = new Set<string>();
  const logins: string[] = [];
  const state = { isStubborn: false };
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://router');
      const redirect = (location: string): void => void response.writeHead(302, { location }).end();
      if (uses === null) return void response.writeHead(503).end();
      const arrival = (extra: Record<string, string> = {}): string =>
        `${uses?.portalUrl}?${new URLSearchParams({ mac: MAC, ip: '10.5.50.7', lo: 'http://example.test/', ...extra })}`;
      if (url.pathname === '/logout') {
        online.delete(MAC);
        return redirect(arrival());
      }
      const user = url.searchParams.get('username');
      if (url.pathname !== '/login' || user === null) return redirect(arrival());
      logins.push(url.search);
      const refusal = state.isStubborn
        ? 'RADIUS server is not responding'
        : await uses.admit(user, url.searchParams.get('password') ?? '', MAC);
      if (refusal !== null) return redirect(arrival({ err: refusal }));
      online.add(MAC);
      return redirect(url.searchParams.get('dst') ?? '/');
    })().catch(() => response.writeHead(500).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    /** Devices that it has let in. */
    online,
    /** Queries of `/login`. */
    logins,
    /** `isStubborn`: lets nobody in, as without its RADIUS server. */
    state,
    use(given: Uses) {
      uses = given;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Every field of the first form, or of the one of a way in, as a browser would send them. */
export function formOf(page: string, way?: string): { readonly action: string; readonly fields: URLSearchParams } {
  const forms = page.split('<form ').slice(1);
  const form = forms.find((text) => way === undefined || text.includes(`name="m" value="${way}"`)) ?? '';
  const action = /action="([^"]*)"/.exec(form)?.[1] ?? '';
  const fields = new URLSearchParams();
  const body = form.slice(0, form.indexOf('</form>'));
  for (const [tag] of body.matchAll(/<input [^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    if (name === undefined || /type="(?:checkbox|radio)"/.test(tag)) continue;
    fields.set(name, /value="([^"]*)"/.exec(tag)?.[1] ?? '');
  }
  return { action, fields };
}

/** Sends a form and does not follow where it leads. */
export const post = (url: string, fields: URLSearchParams | string): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    body: String(fields),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    redirect: 'manual',
  });
