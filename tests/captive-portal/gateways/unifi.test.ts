import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { gateway as family } from '../../../captive-portal/gateways/unifi.ts';
import { Secret } from '../../../core/config/secret.ts';
import { createAuthority } from '../../support/certificates.ts';
import { seededRandom } from '../../support/random.ts';
import { formOf, openHotspot, post } from '../flow/support/hotspot.ts';
import { arrivalRequest, givenGateway, givenTools, scrambled } from '../support/family.ts';
import { startController } from '../support/unifi-controller.ts';

const MAC = '02:00:00:00:00:64';
const GRANT = { seconds: 3_650, idleSeconds: 600, downKbit: 1_024, upKbit: 512, totalOctets: 200 * 2 ** 20 };
const LOGIN = { id: 'login1', password: 'x', grant: GRANT };
const NEXT = { statusUrl: 'https://portal.example/s/x' };
const ARRIVAL = {
  ...{ clientMac: MAC, clientIp: null, originUrl: null, signed: false },
  ...{ opaque: { ap: '02:00:00:00:0a:01' }, refusal: null, isOnline: false },
};

type Kind = 'classic' | 'classic on UniFi OS' | 'official';

async function given(kind: Kind, options: object = {}) {
  const controller = await startController({ isUniFiOs: kind !== 'classic', ...options });
  onTestFinished(() => controller.close());
  const settings =
    kind === 'official'
      ? { controllerUrl: controller.url, api: 'official', apiKey: new Secret('kunci-api-1') }
      : { controllerUrl: controller.url, api: 'classic', user: 'simpul', password: new Secret('rahasia') };
  const gateway = givenGateway('unifi', settings, { lanAddress: null });
  const time = { now: 1_800_000_000_000 };
  const tools = givenTools(() => time.now);
  return { controller, gateway, settings, tools, time };
}
const KINDS: readonly Kind[] = ['classic', 'classic on UniFi OS', 'official'];

describe.each(KINDS)('%s API', (kind) => {
  test('a guest who waits is let in with the limits, and out again', async () => {
    const { controller, gateway, tools } = await given(kind);
    const client = controller.connect(MAC);

    expect(await family.release(gateway, ARRIVAL, LOGIN, NEXT, tools)).toEqual({ kind: 'open' });
    expect(client.authorized).toBe(true);
    expect(controller.grants[0]).toMatchObject(
      kind === 'official'
        ? { timeLimitMinutes: 60, dataUsageLimitMBytes: 200, rxRateLimitKbps: 1_024, txRateLimitKbps: 512 }
        : { mac: MAC, minutes: 60, up: 512, down: 1_024, bytes: 200, ap_mac: '02:00:00:00:0a:01' },
    );
    expect(tools.reports).toMatchObject([{ loginId: 'login1', status: 'start', mac: MAC }]);
    expect(JSON.stringify(tools.waiting)).not.toContain(MAC);

    const live = { loginId: 'login1', userName: 'login1', mac: MAC, ip: null };
    expect(await family.end?.(gateway, live, tools)).toBe('ended');
    expect(client.authorized).toBe(false);
    controller.clients.clear();
    expect(await family.end?.(gateway, live, tools)).toBe('gone');
  });

  test('whoever is no guest of the site, or not there, is not let in', async () => {
    const { controller, gateway, tools } = await given(kind);
    controller.connect(MAC, { is_guest: false });

    for (const clientMac of [MAC, '02:00:00:00:00:65', null])
      await expect(family.release(gateway, { ...ARRIVAL, clientMac }, LOGIN, NEXT, tools)).rejects.toMatchObject({
        code: 'bad-input',
      });
    expect(controller.grants).toEqual([]);
  });

  test('use is asked for, also over a new association, and the end is seen', async () => {
    const { controller, gateway, tools, time } = await given(kind);
    const client = controller.connect(MAC, { rx_bytes: 500, tx_bytes: 900 });
    await family.release(gateway, ARRIVAL, LOGIN, NEXT, tools);
    Object.assign(client, { rx_bytes: 1_500, tx_bytes: 10_900 });
    time.now += 60_000;

    expect(await family.poll?.(gateway, tools)).toMatchObject([
      { loginId: 'login1', status: 'interim', seconds: 60, upOctets: 1_000n, downOctets: 10_000n },
    ]);
    Object.assign(client, { rx_bytes: 50, tx_bytes: 70 });
    time.now += 60_000;
    expect(await family.poll?.(gateway, tools)).toMatchObject([{ upOctets: 1_050n, downOctets: 10_070n }]);
    client.authorized = false;
    expect(await family.poll?.(gateway, tools)).toMatchObject([
      { status: 'stop', seconds: 120, upOctets: 1_050n, downOctets: 10_070n },
    ]);
    expect(await family.poll?.(gateway, tools)).toEqual([]);
  });

  test('a session is found again after a restart of the portal', async () => {
    const { controller, gateway, tools, time } = await given(kind);
    const client = controller.connect(MAC);
    await family.release(gateway, ARRIVAL, LOGIN, NEXT, tools);
    tools.kept.clear();
    Object.assign(client, { uptime: 300, rx_bytes: 5_000 });
    time.now += 300_000;

    expect(await family.poll?.(gateway, tools)).toMatchObject([{ loginId: 'login1', seconds: 300, upOctets: 5_000n }]);
  });

  test('silence, half an answer, nonsense and endless answers end in time, as a controller that is away', async () => {
    const { controller, gateway, tools } = await given(kind);
    controller.connect(MAC);
    const spoils = [
      (response: { destroy(): void }) => response.destroy(),
      (response: import('node:http').ServerResponse) =>
        void response.writeHead(200, { 'content-length': '500' }).end('{"meta"'),
      (response: import('node:http').ServerResponse) => void response.writeHead(200).end('<html>'),
      (response: import('node:http').ServerResponse) => void response.writeHead(502).end('{}'),
      (response: import('node:http').ServerResponse) =>
        void response.writeHead(302, { location: 'http://evil.test/' }).end(),
      (response: import('node:http').ServerResponse) => void response.writeHead(200).end('[[[[null]]]]'),
      (response: import('node:http').ServerResponse) => {
        const part = Buffer.alloc(1_048_576, 0x20);
        const more = (): void => void (response.destroyed || response.write(part, more));
        response.writeHead(200);
        more();
      },
    ];
    for (const spoil of spoils) {
      controller.spoiled.push(...Array(4).fill(spoil));
      await expect(family.release(gateway, ARRIVAL, LOGIN, NEXT, tools)).rejects.toMatchObject({
        code: 'store-unavailable',
      });
      controller.spoiled.length = 0;
    }
    expect(await family.release(gateway, ARRIVAL, LOGIN, NEXT, tools)).toEqual({ kind: 'open' });
  });
});

describe('the classic API', () => {
  test('signs in once for all who wait, and again when the controller has forgotten it', async () => {
    const { controller, gateway, tools } = await given('classic on UniFi OS');
    const macs = ['02:00:00:00:00:01', '02:00:00:00:00:02', '02:00:00:00:00:03'];
    for (const mac of macs) controller.connect(mac);
    const enter = (clientMac: string) => family.release(gateway, { ...ARRIVAL, clientMac }, LOGIN, NEXT, tools);
    const signIns = () => controller.asked.filter((line) => line === 'POST /api/auth/login').length;

    await Promise.all(macs.map(enter));
    expect(signIns()).toBe(1);
    controller.forget();
    await Promise.all(macs.map(enter));
    expect(signIns()).toBe(2);
  });

  test('a wrong account is said, and tried no further', async () => {
    const { controller, gateway, tools } = await given('classic', { password: 'another' });
    controller.connect(MAC);

    await expect(family.release(gateway, ARRIVAL, LOGIN, NEXT, tools)).rejects.toMatchObject({
      code: 'store-unavailable',
    });
    expect(controller.asked.filter((line) => line === 'POST /api/login')).toHaveLength(1);
  });
});

test('a certificate of its own is known by its fingerprint, and nothing is said to another', async () => {
  const authority = await createAuthority();
  onTestFinished(() => authority.remove());
  const tls = await authority.issue('DNS:unifi.test');
  const { controller, gateway, settings, tools } = await given('official', { tls });
  controller.connect(MAC);
  const certificateSha256 = new X509Certificate(tls.cert).fingerprint256;
  const enter = (more: object) =>
    family.release({ ...gateway, settings: { ...settings, ...more } }, ARRIVAL, LOGIN, NEXT, tools);

  await expect(enter({})).rejects.toMatchObject({ code: 'store-unavailable' });
  await expect(enter({ certificateSha256: 'ab'.repeat(32) })).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(controller.asked).toEqual([]);
  expect(await enter({ certificateSha256 })).toEqual({ kind: 'open' });
});

test('a silent controller is given up', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const settings = { controllerUrl: `http://127.0.0.1:${port}`, api: 'official', apiKey: new Secret('kunci-api-1') };
  const stopping = new AbortController();
  const asked = family.release(givenGateway('unifi', settings), ARRIVAL, LOGIN, NEXT, {
    ...givenTools(),
    signal: stopping.signal,
  });
  stopping.abort();

  await expect(asked).rejects.toMatchObject({ code: 'store-unavailable' });
});

describe('the arrival', () => {
  test('is at an address that the maker fixed, of its own site', () => {
    const gateway = givenGateway('unifi', { controllerUrl: 'http://x', api: 'official', site: 'desa1' });
    expect(family.claims?.(gateway, arrivalRequest('', { path: '/guest/s/desa1/' }))).toBe(true);
    expect(family.claims?.(gateway, arrivalRequest('', { path: '/guest/s/default/' }))).toBe(false);
  });

  test('damaged in whatever way it names a right client or none', async () => {
    const random = seededRandom(8_443);
    const good = 'ap=02:00:00:00:0a:01&id=02:00:00:00:00:64&t=1800000000&url=http%3A%2F%2Fexample.test%2F&ssid=Desa';
    const gateway = givenGateway('unifi', {});
    for (let round = 0; round < 2_000; round++) {
      const arrival = await family.arrive(gateway, arrivalRequest(scrambled(good, random)), givenTools());
      if (arrival === null) continue;
      expect(arrival.clientMac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
      expect(JSON.stringify(arrival).length).toBeLessThan(700);
    }
  });
});

test('the settings say what each API needs', () => {
  expect(family.check?.({ controllerUrl: 'https://10.0.0.1', api: 'official' })).toMatchObject({ field: 'apiKey' });
  expect(family.check?.({ controllerUrl: 'https://10.0.0.1', api: 'classic', user: 'a' })).toMatchObject({
    field: 'password',
  });
  expect(family.check?.({ controllerUrl: 'https://a:b@10.0.0.1', api: 'classic' })).toMatchObject({
    field: 'controllerUrl',
  });
  expect(family.check?.({ controllerUrl: 'https://10.0.0.1', api: 'official', apiKey: 'x' })).toBeNull();
});

test('with the real portal: from the fixed address over one page to an open gateway', async () => {
  const controller = await startController({ isUniFiOs: true });
  controller.connect(MAC);
  const settings = { controllerUrl: controller.url, api: 'official', apiKey: 'kunci-api-1' };
  const village = await openHotspot({ family: 'unifi', settings });
  onTestFinished(async () => {
    await village.close();
    await controller.close();
  });

  const page = await fetch(
    village.url(`/guest/s/default/?ap=02:00:00:00:0a:01&id=${MAC}&t=1&url=http%3A%2F%2Fexample.test%2F&ssid=Desa`),
  );
  expect(page.status).toBe(200);
  const { action, fields } = formOf(await page.text());
  const answer = await post(village.url(action), fields);

  expect([answer.status, answer.headers.get('location')?.startsWith(`${village.portal.url}/s/`)]).toEqual([303, true]);
  expect(controller.clients.get(MAC)?.authorized).toBe(true);
});
