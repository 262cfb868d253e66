import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layProvince, openTestApi, type TestApi } from '../support/api.ts';

const siteDir = mkdtempSync(join(tmpdir(), 'simpul-site-'));
const SCRIPT = `export const x = ${JSON.stringify('x'.repeat(5000))};`;
let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ siteDir });
  await layProvince(api.inventory);
});
afterAll(async () => {
  await api.close();
  rmSync(siteDir, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) => api.app.inject({ url, headers });

describe('the web', () => {
  test('that is not built yet says how to build it', async () => {
    const answer = await get('/', { accept: 'text/html' });

    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('npm run build');
  });

  test('is served with its files for good, its page always fresh, and every screen by that page', async () => {
    mkdirSync(join(siteDir, 'assets'));
    writeFileSync(join(siteDir, 'index.html'), '<!doctype html><div id="root"></div>');
    writeFileSync(join(siteDir, 'simpul.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    writeFileSync(join(siteDir, 'assets/index-Ab3_xY9z.js'), SCRIPT);

    const pages = [
      await get('/'),
      await get('/perangkat/1?rentang=7d', { accept: 'text/html' }),
      await get('/villages/16.03.11.2009'),
    ];
    const script = await get('/assets/index-Ab3_xY9z.js');

    for (const page of pages.slice(0, 2)) {
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain('id="root"');
      expect(page.headers['cache-control']).toBe('no-cache');
    }
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(script.headers['content-type']).toMatch(/^(text|application)\/javascript/);
    expect((await get('/simpul.svg')).headers['content-type']).toBe('image/svg+xml');
    expect(pages[2]?.statusCode).toBe(200);
  });

  test.each(['/assets/gone-12345678.js', '/api/gone', '/%2e%2e/package.json', '/..%2fpackage.json', '/.env'])(
    'has no %s, and says so as a problem',
    async (url) => {
      const answer = await get(url, { accept: '*/*' });

      expect(answer.statusCode).toBe(404);
      expect(answer.json().code).toBe('not-found');
    },
  );

  test('lets a page use nothing from elsewhere and be framed by nobody', async () => {
    for (const url of ['/', '/api/docs', '/api/v1/session', '/api/v1/gone', '/assets/index-Ab3_xY9z.js']) {
      const { headers } = await get(url);

      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
      expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('same-origin');
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('an answer', () => {
  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('is compressed by %s, files and JSON alike', async (encoding, decompress) => {
    const { cookie } = await api.signIn('planner');
    const headers = { cookie, 'accept-encoding': encoding };

    const answers = [await get('/assets/index-Ab3_xY9z.js', headers), await get('/api/v1/devices', headers)];

    for (const answer of answers) {
      expect(answer.headers['content-encoding']).toBe(encoding);
      expect(answer.headers['vary']).toContain('accept-encoding');
    }
    expect(decompress(answers[0]?.rawPayload ?? '').toString()).toBe(SCRIPT);
    expect(JSON.parse(decompress(answers[1]?.rawPayload ?? '').toString()).total).toBe(5);
  });

  test('that did not change is not sent again', async () => {
    const { cookie } = await api.signIn('planner');
    const first = await get('/api/v1/devices', { cookie });
    const { etag } = first.headers;

    const same = await get('/api/v1/devices', { cookie, 'if-none-match': String(etag) });
    const compressed = await get('/api/v1/devices', { cookie, 'if-none-match': String(etag), 'accept-encoding': 'br' });
    const other = await get('/api/v1/devices?pageSize=1', { cookie, 'if-none-match': String(etag) });

    expect(first.headers['cache-control']).toBe('private, no-cache');
    expect([same.statusCode, same.body]).toEqual([304, '']);
    expect([compressed.statusCode, compressed.body]).toEqual([304, '']);
    expect(other.statusCode).toBe(200);
  });
});
