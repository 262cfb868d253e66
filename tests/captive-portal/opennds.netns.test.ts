import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuthority } from '../support/certificates.ts';
import { formOf, openHotspot } from './flow/support/hotspot.ts';
import { openVillage, whyNoOpenNds } from './support/opennds.ts';
import { filesFor } from './support/radius-village.ts';

const FASKEY = 'kunci-desa-01';
const reason = whyNoOpenNds();

/** Gives the portal, which listens on loopback, an address that the gateway can reach: plain, or over TLS. */
async function doorTo(portal: () => string, host: string, tls: { key: string; cert: string } | null) {
  const pass: Parameters<typeof createServer>[1] = (asked, answer) => {
    const { host: to } = new URL(portal());
    const outgoing = request(
      { host: to.split(':')[0], port: to.split(':')[1], path: asked.url, method: asked.method, headers: asked.headers },
      (came) => {
        answer.writeHead(came.statusCode ?? 502, came.headers);
        came.pipe(answer);
      },
    );
    outgoing.on('error', () => answer.writeHead(502).end());
    asked.pipe(outgoing);
  };
  const server = tls === null ? createServer(pass) : createTlsServer(tls, pass);
  server.listen(0, host);
  await once(server, 'listening');
  return {
    origin: `${tls === null ? 'http' : 'https'}://${host}:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function openLevel(level: 1 | 2 | 3) {
  const closing: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  try {
    const village = await openVillage(100 + level);
    closing.push(village.stop);
    const authority = level === 3 ? await createAuthority() : null;
    if (authority !== null) closing.push(authority.remove);
    const tls = (await authority?.issue(`IP:${village.portalHost}`)) ?? null;
    let portalUrl = '';
    const door = await doorTo(() => portalUrl, village.portalHost, tls);
    closing.push(door.close);
    const settings = { level, faskey: FASKEY, ...(level === 3 ? { pollSeconds: 5 } : { binauth: true }) };
    const hotspot = await openHotspot({ clock: Date.now, family: 'opennds', settings, portalUrl: door.origin });
    closing.push(hotspot.close);
    portalUrl = `http://127.0.0.1:${hotspot.portal.port}`;
    const { inventory, gateway } = hotspot;
    await inventory.portal.gateways.update(gateway.id, { lanAddress: village.lanAddress });
    const plan = await inventory.portal.plans.create({
      ...{
        name: 'Satu jam',
        sessionSeconds: 3_600,
        idleSeconds: 600,
        dayOctets: 2 * 2 ** 20,
        downKbit: 8_000,
        upKbit: 4_000,
      },
      ...{ daySeconds: null, monthSeconds: null, monthOctets: null, devices: null, opensAt: null, closesAt: null },
    });
    await inventory.portal.sites.update(hotspot.siteId, { planId: plan.id }, Date.now());
    const opened = await inventory.portal.gateways.open(gateway.id);
    if (opened === null) throw new Error('the gateway is gone');
    const files = await filesFor({
      gateway: opened,
      site: { name: 'Desa Sukamaju', fallback: 'closed' },
      portal: { origin: door.origin, radiusHost: '127.0.0.1', authPort: 1_812, acctPort: 1_813 },
    });
    const text = (path: string): string => files.find((file) => file.path === path)?.text ?? '';
    const started = await village.startGateway({
      conf: text('opennds.conf').replace('checkinterval 15', 'checkinterval 2'),
      script: text('simpul-binauth.sh'),
      ...(authority === null ? {} : { ca: authority.cert }),
    });
    return { village, hotspot, door, gateway: started, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Level = Awaited<ReturnType<typeof openLevel>>;

/** What comes true by itself within a time of its own: the gateway asks every few seconds. */
async function until<T>(what: () => Promise<T | null | false>, seconds: number): Promise<T> {
  for (let tries = 0; tries < seconds * 4; tries++) {
    const found = await what();
    if (found !== null && found !== false) return found;
    await wait(250);
  }
  throw new Error(`it did not come within ${seconds} s`);
}

describe('a real openNDS, its citizen, and the real portal', () => {
  const levels = new Map<number, Level>();
  beforeAll(async () => {
    if (reason !== null) {
      console.warn(`no real openNDS here: ${reason}`);
      return;
    }
    const opened = await Promise.allSettled(
      ([1, 2, 3] as const).map(async (level) => levels.set(level, await openLevel(level))),
    );
    const failed = opened.find((one) => one.status === 'rejected');
    if (failed !== undefined) {
      await closeAll();
      throw failed.reason;
    }
  }, 240_000);
  const closeAll = async (): Promise<void> => {
    for (const level of levels.values()) await level.close();
    levels.clear();
  };
  afterAll(closeAll);

  test.for([1, 2, 3])(
    'level %i: intercepted, one page, one press, online; what was used is counted, log-out ends it',
    async (number, { skip }) => {
      skip(reason !== null, `no real openNDS here: ${reason}`);
      const level = levels.get(number);
      if (level === undefined) throw new Error('not started');
      const { village, hotspot, door, gateway } = level;
      const probe = `http://${village.internet}/generate_204`;

      const intercepted = await village.browse(probe);
      expect(intercepted.status).toBe(307);
      expect(intercepted.location.startsWith(`${door.origin}/g/${hotspot.gateway.ref}?fas=`)).toBe(true);
      const page = await village.browse(intercepted.location);
      expect(page.status).toBe(200);
      const { action, fields } = formOf(page.body);
      const released = await village.browse(new URL(action, door.origin).href, Object.fromEntries(fields));
      expect(released.status).toBe(303);
      if (number !== 3) {
        expect(new URL(released.location).searchParams.get('tok')).toMatch(/^[0-9a-f]{64}$/);
        const opened = await village.browse(released.location);
        expect([opened.status, opened.location.startsWith(`${door.origin}/s/`)]).toEqual([307, true]);
      } else expect(released.location.startsWith(`${door.origin}/s/`)).toBe(true);
      await until(async () => (await village.browse(probe)).status === 204, 20);
      expect((await village.browse(`http://${village.internet}/x`)).body).toContain('INTERNET');

      const seen = await gateway.client();
      expect(seen).toMatchObject({
        state: 'Authenticated',
        download_quota: '2048',
        upload_rate_limit_threshold: '4000',
      });
      const [from, to] = [Number(seen?.['session_start']), Number(seen?.['session_end'])];
      expect(Math.abs(to - from - 3_600)).toBeLessThan(120);
      expect((await village.browse(`http://${village.internet}/octets/300000`)).body).toHaveLength(300_000);

      // The gateway looks at its counters now and then; what it has not seen by the end it does not tell.
      await until(async () => Number((await gateway.client())?.['download_this_session']) > 290, 10);
      await village.browse(`http://${village.lanAddress}/opennds_deny/`);
      await until(async () => (await village.browse(probe)).status === 307, 60);
      const { sessions } = hotspot.inventory.portal;
      const ended = await until(async () => {
        const { items } = await sessions.list({ pageSize: 10 });
        return items.find(({ endedAt }) => endedAt !== null) ?? null;
      }, 60);
      expect(ended).toMatchObject({ endCause: 'User-Request' });
      expect(ended.downOctets).toBeGreaterThan(300_000);
    },
  );

  test('who has used the data of the day is cut off by the gateway and told so by the page', async ({ skip }) => {
    skip(reason !== null, `no real openNDS here: ${reason}`);
    const level = levels.get(2);
    if (level === undefined) throw new Error('not started');
    const { village, hotspot, door } = level;
    const probe = `http://${village.internet}/generate_204`;
    const press = async () => {
      const page = await village.browse((await village.browse(probe)).location);
      const { action, fields } = formOf(page.body);
      return await village.browse(new URL(action, door.origin).href, Object.fromEntries(fields));
    };
    await village.browse((await press()).location);
    expect((await village.browse(`http://${village.internet}/octets/4000000`)).body).toHaveLength(4_000_000);

    await until(async () => (await village.browse(probe)).status === 307, 60);
    await until(async () => {
      const { items } = await hotspot.inventory.portal.sessions.list({ pageSize: 10 });
      return items.some(({ endCause }) => endCause === 'Quota');
    }, 60);
    const refused = await press();

    expect([refused.status, refused.location]).toEqual([200, '']);
    expect(refused.body).toContain('role="alert"');
  });

  test('a citizen who writes a grant of their own is not let in', async ({ skip }) => {
    skip(reason !== null, `no real openNDS here: ${reason}`);
    const level = levels.get(1);
    if (level === undefined) throw new Error('not started');
    const { village, door } = level;
    const intercepted = await village.browse(`http://${village.internet}/`);
    const page = await village.browse(intercepted.location);
    const { action, fields } = formOf(page.body);
    const released = await village.browse(new URL(action, door.origin).href, Object.fromEntries(fields));
    const forged = new URL(released.location);
    const signed = forged.searchParams.get('custom') ?? '';
    const written = signed.replace(/\.\d+\.\d+\.(\w{32})$/, '.0.0.$1');
    expect(written).not.toBe(signed);
    forged.searchParams.set('custom', written);

    await village.browse(forged.href);

    expect((await village.browse(`http://${village.internet}/generate_204`)).status).toBe(307);
  });
});
