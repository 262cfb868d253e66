import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { loadGateways } from '../../captive-portal/gateway.ts';
import { startRadiusServer } from '../../captive-portal/radius/server.ts';
import { openRadiusAccess, type PortalNas } from '../../captive-portal/radius-policy.ts';
import { startRestDoor } from '../../captive-portal/rest-door.ts';
import { Secret } from '../../core/config/secret.ts';
import { HOUR } from '../../core/domain/clock.ts';
import { dayOf } from '../../core/domain/portal/day.ts';
import { silentLog } from '../../core/log/log.ts';
import { deviceHash, type PortalParts } from '../../core/services/portal/portal-parts.ts';
import type { NewLogin } from '../../core/stores/inventory/portal/logins.ts';
import { codecThroughput } from '../captive-portal/radius/support/codec-throughput.ts';
import { type Bench, cpuSince, rounded, spread } from '../support/bench.ts';
import { cpuOf } from '../support/cpu-of.ts';
import { hasFreeradius, startFreeradius } from '../support/freeradius.ts';
import { openInventoryAt } from '../support/inventory-at.ts';
import { layPlace, NO_LIMITS, portalPartsOf, WIB } from '../support/portal-places.ts';
import { startPostgres } from '../support/postgres.ts';
import type { LoadDone, LoadOrder } from '../support/radius-load-worker.ts';

const SECRET = 'testing123';
const TOKEN = new Secret('a token for the bench only');
type User = LoadOrder['users'][number];
type Place = { readonly nas: string; readonly gatewayId: string; readonly siteId: string };

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const idOf = (round: number, index: number): string =>
  Array.from({ length: 26 }, (_, at) => BASE32[at < 6 ? (index >> (5 * at)) & 31 : (round + at) & 31]).join('');

/** Sites with a hotspot each, on addresses of loopback. */
async function layPlaces({ inventory }: PortalParts, count: number): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (let at = 1; at <= count; at++) {
    const nas = `127.0.1.${at}`;
    const { site, gateway } = await layPlace(inventory, { code: `${at}`, radiusAddress: nas, radiusSecret: SECRET });
    places.push({ nas, gatewayId: gateway.id, siteId: site.id });
  }
  return places;
}

/** One-time logins that wait for their gateway, as the pages leave them. */
async function issue(parts: PortalParts, places: readonly Place[], planId: string, round: number, count: number) {
  const { inventory, keys, clock } = parts;
  const at = clock();
  const grant = { seconds: 3_600, idleSeconds: 600, downKbit: 4_096, upKbit: 1_024, totalOctets: 5e8 };
  const users: User[] = [];
  let logins: NewLogin[] = [];
  for (let index = 0; index < count; index++) {
    const place = places[index % places.length];
    if (place === undefined) continue;
    const id = idOf(round, index);
    const mac = index
      .toString(16)
      .padStart(12, '0')
      .replace(/..(?=.)/g, '$&:');
    const macHash = deviceHash(keys, mac);
    users.push({ name: id, password: keys.passwordOf(id), mac, nas: place.nas });
    logins.push({
      ...{
        id,
        gatewayId: place.gatewayId,
        siteId: place.siteId,
        macHash,
        subjectHash: macHash,
        method: 'terms',
        planId,
      },
      ...{ consentId: null, grant, arrivedAt: at, issuedAt: at, expiresAt: at + HOUR, reentryUntil: at + HOUR },
    });
    if (logins.length === 1_000 || index === count - 1) {
      await inventory.portal.logins.add(logins, dayOf(at, WIB));
      logins = [];
    }
  }
  // Sessions that began together do not tell their use together.
  return users.toSorted((a, b) => Buffer.from(a.password).compare(Buffer.from(b.password)));
}

/** Authentications and interim records a second, with PostgreSQL, hotspots and server on this machine. */
export const bench: Bench = async ({ option, print }) => {
  const [count, atOnce, hotspots] = [option('count', 20_000), option('at-once', 256), option('hotspots', 50)];
  const durable = option('durable', 1) === 1;
  const server = await startPostgres({ durable });
  const inventory = await openInventoryAt(await server.database());
  const parts = portalPartsOf(inventory, Date.now);
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`../support/radius-load-worker.${extension}`, import.meta.url));
  async function load(order: LoadOrder): Promise<LoadDone> {
    worker.postMessage(order);
    const [done] = (await once(worker, 'message')) as [LoadDone];
    return done;
  }

  async function storeCpuUs(): Promise<number> {
    const rows = await inventory.sql.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
    return rows.reduce((sum, { pid }) => sum + cpuOf(pid), 0);
  }

  async function measured(name: string, ports: { authPort: number; acctPort: number }, users: readonly User[]) {
    for (const [kind, what, seconds] of [
      ['auth', 'authentications', 0],
      ['start', 'accounting start', 0],
      ['interim', 'accounting interim', 300],
      ['interim', 'accounting interim', 600],
    ] as const) {
      const port = kind === 'auth' ? ports.authPort : ports.acctPort;
      // Autovacuum does it within a minute.
      await inventory.sql.run('ANALYZE portal_logins, portal_sessions, portal_usage');
      const [cpu, store] = [process.cpuUsage(), await storeCpuUs()];
      const { ms, took, right } = await load({ kind, port, secret: SECRET, users, atOnce, seconds });
      print({
        server: name,
        what,
        requests: users.length,
        wrong: users.length - right,
        perSecond: Math.round((users.length * 1_000) / ms),
        // Server and hotspots are threads of this process.
        cpuUsWithHotspots: rounded(cpuSince(cpu) / users.length),
        cpuUsPostgres: rounded(((await storeCpuUs()) - store) / users.length),
        ...spread(took),
      });
    }
  }

  try {
    const places = await layPlaces(parts, hotspots);
    const plan = await inventory.portal.plans.create({
      ...NO_LIMITS,
      name: 'Warga',
      daySeconds: 7_200,
      dayOctets: 1e9,
    });
    const families = await loadGateways();
    const access = await openRadiusAccess({ ...parts, families, log: silentLog });
    const { nasOf, policy, authenticatorSeen } = access;
    const radius = await startRadiusServer<PortalNas>({
      ...{ bind: '127.0.0.1', authPort: 0, acctPort: 0, radsec: null, nasOf, policy, authenticatorSeen },
      ...{ clock: Date.now, log: silentLog },
    });
    print({ what: 'codec alone, one core', perSecond: Math.round(codecThroughput(2_000)) });
    print({ postgresql: durable ? 'fsync on' : 'fsync off', hotspots, atOnce });
    await measured('simpul', radius, await issue(parts, places, plan.id, 1, count));

    if (hasFreeradius()) {
      const door = await startRestDoor({ access, port: 0, token: TOKEN, clock: Date.now, log: silentLog });
      const freeradius = await startFreeradius(door.port, TOKEN.reveal());
      const few = Math.min(count, option('freeradius-count', 5_000));
      await measured('FreeRADIUS, asking simpul by rlm_rest', freeradius, await issue(parts, places, plan.id, 2, few));
      await freeradius.stop();
      await door.stop();
    } else print({ server: 'FreeRADIUS', skipped: 'the Debian packages freeradius and freeradius-rest are missing' });
    await radius.close();
    await access.close();
  } finally {
    await worker.terminate();
    await inventory.close();
    await server.stop();
  }
};
