import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SECOND } from '../../../core/domain/clock.ts';
import { formOf, type Hotspot, openHotspot } from './support/hotspot.ts';

/** The village's page at its heaviest that is usual: a logo of half a kilobyte, an announcement, every way in. */
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><path d="M4 34 20 6l16 28z" fill="#00875F"/><circle cx="60" cy="20" r="14" fill="#E69F00"/><rect x="84" y="8" width="26" height="26" fill="#1f56c3"/></svg>';

type Fetched = {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly wire: number;
  text: string;
};

let hotspot: Hotspot;
beforeAll(async () => {
  hotspot = await openHotspot();
  await hotspot.inventory.portal.sites.update(
    hotspot.siteId,
    {
      logoSvg: LOGO,
      announcement: 'Posyandu hari Kamis pukul 09.00 di balai desa. Bawa buku KIA.',
      familyDns: 'TRUST+',
      news: true,
      methods: ['terms', 'voucher', 'account'].map((kind) => ({ kind, planId: null, settings: {} })),
    },
    hotspot.time.now,
  );
  hotspot.time.now += 10 * SECOND;
});
afterAll(() => hotspot.close());

/** As a telephone asks, with the bytes of the answer on the wire, headers included. */
function over(url: string, body?: string): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          'accept-encoding': 'gzip, deflate',
          ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const raw = Buffer.concat(chunks);
          const isGzip = response.headers['content-encoding'] === 'gzip';
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            wire: response.socket.bytesRead,
            text: (isGzip ? gunzipSync(raw) : raw).toString('utf8'),
          });
        });
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

test.each(['id', 'en'])('the login page (%s) is one answer of at most 6,000 bytes that asks for nothing', async (l) => {
  const page = await over(hotspot.arrival({ l }));

  console.info(`login page (${l}): ${page.wire} bytes on the wire, ${Buffer.byteLength(page.text)} unpacked`);
  expect(page.status).toBe(200);
  expect(page.headers['content-encoding']).toBe('gzip');
  expect(page.headers['set-cookie']).toBeUndefined();
  expect(page.wire).toBeLessThanOrEqual(6_000);
  asksForNothing(page.text);
});

test('the whole way from the arrival to the status page takes at most 12,000 bytes', async () => {
  const page = await over(hotspot.arrival());
  const { action, fields } = formOf(page.text, 'terms');
  const pressed = await over(hotspot.url(action), String(fields));
  const atRouter = await over(String(pressed.headers['location']));
  const status = await over(String(atRouter.headers['location']));

  const bytes = page.wire + pressed.wire + atRouter.wire + status.wire;
  console.info(`click-through: ${bytes} bytes on the wire in 4 answers, the status page ${status.wire}`);
  expect(status.text).toContain('Anda sudah tersambung');
  expect(bytes).toBeLessThanOrEqual(12_000);
  asksForNothing(status.text);
});

test('a page for a browser that takes no gzip is the same, unpacked', async () => {
  const plain = await fetch(hotspot.arrival(), { headers: { 'accept-encoding': 'gzip;q=0, identity' } });

  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(await plain.text()).toContain('</html>');
});

/** No script, picture, font, style or frame to load, no address outside, nothing that a cookie or a script would need. */
function asksForNothing(page: string): void {
  expect(page).not.toMatch(/<script|<img|<link rel="stylesheet"|<iframe|<object|<video|@import|@font-face|\son\w+=/i);
  const links = [...page.matchAll(/(?:src|href|action|url)\s*[=(]\s*["']?([^"')\s>]+)/gi)].map(([, url]) => url ?? '');
  const outside = links.filter((url) => !/^(?:\/(?!\/)|\?|#|tel:|data:,$)/.test(url));
  expect(outside).toEqual([]);
}
