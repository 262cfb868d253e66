import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { defineGateway, type Release } from '../../../captive-portal/gateway.ts';
import { MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { AppError } from '../../../core/domain/errors.ts';
import { formOf, type Hotspot, MAC, openHotspot, post } from './support/hotspot.ts';

type Next = { readonly statusUrl: string };
/** What the gateway does with the next one who is let in. */
let release: (next: Next) => Promise<Release> = async () => ({ kind: 'open' });
let served: { status: number; contentType: string; body: string; location?: string } | null = null;

/** A gateway without RADIUS, at an address that its maker fixed. */
const family = defineGateway({
  title: { id: 'Uji', en: 'Test' },
  settings: Type.Object({}, { additionalProperties: false }),
  secrets: [],
  arrive: async (_, { query }) => ({
    ...{ clientMac: query.get('id'), clientIp: null, originUrl: null, signed: false, opaque: {} },
    ...{ refusal: null, isOnline: query.get('in') === '1' },
  }),
  release: (_gateway, _arrival, _login, next) => release(next),
  serve: async (_, { query }) => (query.has('serve') ? served : null),
  claims: (_, { path }) => path.startsWith('/guest/s/desa/'),
});

let hotspot: Hotspot;
beforeAll(async () => {
  hotspot = await openHotspot({ family: 'uji', families: new Map([['uji', family]]) });
});
afterAll(() => hotspot.close());
beforeEach(() => {
  hotspot.time.now += 10 * MINUTE;
});

async function press(): Promise<Response> {
  const page = await (await fetch(hotspot.url(`/guest/s/desa/?id=${MAC}`))).text();
  const { action, fields } = formOf(page);
  return await post(hotspot.url(action), fields);
}
const locationOf = (response: Response): string => response.headers.get('location') ?? '';

test('a gateway at an address that its maker fixed is found by its settings', async () => {
  const known = await fetch(hotspot.url(`/guest/s/desa/?id=${MAC}`));
  const other = await fetch(hotspot.url(`/guest/s/kota/?id=${MAC}`));

  expect(await known.text()).toContain(`action="/g/${hotspot.gateway.ref}"`);
  expect(other.status).toBe(404);
});

test('who was let in by a controller is online at once, and after the page is opened again', async () => {
  release = async () => ({ kind: 'open' });

  const pressed = await press();
  const first = await (await fetch(locationOf(pressed))).text();

  expect(pressed.status).toBe(303);
  expect(new URL(locationOf(pressed)).origin).toBe(hotspot.portal.url);
  expect(first).toContain('Anda sudah tersambung');
  expect(first).toMatch(/Sisa waktu<\/dt><dd>(?:23 jam 59 menit|24 jam)</);
});

test('who waits for a gateway that comes by itself sees so, and is online when it tells', async () => {
  release = async () => ({ kind: 'awaited', withinSeconds: 15 });

  const pressed = await press();
  const url = locationOf(pressed);
  const waiting = await (await fetch(url)).text();
  hotspot.time.now += 50 * SECOND;
  const slow = await (await fetch(url)).text();
  const loginId = /\/s\/([a-z2-7]{26})/.exec(url)?.[1] ?? '';
  await hotspot.portal.access.report({
    ...{ gatewayId: hotspot.gateway.id, loginId, mac: MAC, ip: null, status: 'start', seconds: 0 },
    ...{ upOctets: 0n, downOctets: 0n, cause: null },
  });
  const online = await (await fetch(url)).text();
  const again = await fetch(hotspot.url(`/guest/s/desa/?id=${MAC}&in=1`), { redirect: 'manual' });

  expect(waiting).toContain('Sedang disambungkan');
  expect(waiting).toMatch(/<meta http-equiv="refresh" content="4;url=\/s\//);
  expect(slow).toContain('Gerbang Wi-Fi belum membuka sambungan.');
  expect(online).toContain('Anda sudah tersambung');
  expect(again.status).toBe(302);
  expect(locationOf(again)).toBe(url);
});

test('a family that would lead browsers elsewhere is not followed', async () => {
  release = async () => ({ kind: 'redirect', url: 'https://evil.example/' });
  const pressed = await press();
  served = { status: 303, contentType: 'text/plain', body: '', location: 'https://evil.example/' };
  const asked = await fetch(hotspot.url(`/g/${hotspot.gateway.ref}?serve`), { redirect: 'manual' });
  served = null;

  expect(pressed.status).toBe(503);
  expect(locationOf(pressed)).toBe('');
  expect(locationOf(asked)).toBe('');
});

test('a controller that does not answer is said so, and the next press tries again', async () => {
  release = async () => {
    throw new AppError('store-unavailable', 'the controller does not answer');
  };
  const page = await (await fetch(hotspot.url(`/guest/s/desa/?id=${MAC}`))).text();
  const { action, fields } = formOf(page);
  const failed = await post(hotspot.url(action), fields);
  hotspot.time.now += 2 * SECOND;
  release = async () => ({ kind: 'open' });
  hotspot.time.now += MINUTE;

  const second = await post(hotspot.url(action), fields);

  expect(failed.status).toBe(503);
  expect(failed.headers.get('retry-after')).toBe('60');
  expect(await failed.text()).toContain('Gerbang Wi-Fi tidak menjawab');
  expect(second.status).toBe(303);
});

test('what a gateway asks for itself is answered as its family says', async () => {
  served = { status: 200, contentType: 'text/plain; charset=utf-8', body: '* ' };

  const answer = await fetch(hotspot.url(`/g/${hotspot.gateway.ref}?serve`), { method: 'POST', body: 'a=b' }).catch(
    () => null,
  );
  const form = await post(hotspot.url(`/g/${hotspot.gateway.ref}?serve`), 'auth_get=view');

  served = null;
  expect(answer?.status).toBe(415);
  expect(form.status).toBe(200);
  expect(await form.text()).toBe('* ');
});

test('while the inventory is away the page is shown as it was, and the button says to try again', async () => {
  const page = await (await fetch(hotspot.url(`/g/${hotspot.gateway.ref}?id=${MAC}`))).text();
  const { action, fields } = formOf(page);
  const away = () => Promise.reject(new AppError('store-unavailable', 'away'));
  const { portal, sites } = hotspot.inventory;
  vi.spyOn(portal.gateways, 'openByRef').mockImplementation(away);
  vi.spyOn(portal.gateways, 'openAll').mockImplementation(away);
  vi.spyOn(portal.sites, 'get').mockImplementation(away);
  vi.spyOn(portal.terms, 'current').mockImplementation(away);
  vi.spyOn(sites, 'get').mockImplementation(away);
  vi.spyOn(portal.logins, 'standings').mockImplementation(away);
  hotspot.time.now += 5 * MINUTE;

  const shown = await fetch(hotspot.url(`/g/${hotspot.gateway.ref}?id=${MAC}`));
  const pressed = await post(hotspot.url(action), fields);
  vi.restoreAllMocks();
  const later = await post(hotspot.url(action), fields);

  expect(shown.status).toBe(200);
  expect(await shown.text()).toContain('Setuju dan masuk');
  expect(pressed.status).toBe(503);
  expect(await pressed.text()).toContain('Tidak ada yang hilang.');
  expect(later.status).toBe(303);
});
