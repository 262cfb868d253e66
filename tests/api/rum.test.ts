import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../core/config/secret.ts';
import type { RumFigures } from '../../core/contract/rum.ts';
import { DAY } from '../../core/domain/clock.ts';
import { alloyForwarder } from '../../core/services/forward-rum.ts';
import { layProvince, NOON, openTestApi, type TestApi } from '../support/api.ts';

let api: TestApi;
let cookies: { readonly all: string; readonly here: string; readonly there: string };
beforeAll(async () => {
  api = await openTestApi({ config: { rum: { alloyUrl: null } } });
  await layProvince(api.inventory);
  cookies = {
    all: (await api.signIn('engineer')).cookie,
    here: (await api.signIn('engineer', '16.03.11')).cookie,
    there: (await api.signIn('engineer', '16.71')).cookie,
  };
});
afterAll(() => api.close());

const body = (route: string, ready: number, errors: readonly string[] = []) => ({
  meta: { view: { name: route }, browser: { name: 'Chrome', userAgent: 'x' }, session: { id: 'nobody-keeps-me' } },
  measurements: [{ type: 'screen', values: { ready }, context: { connection: '3g' } }],
  exceptions: errors.map((value) => ({ type: 'TypeError', value, context: { connection: '3g' } })),
});
const send = (cookie: string, payload: object) =>
  api.app.inject({ method: 'POST', url: '/api/v1/rum', payload, headers: { cookie } });
const figures = async (cookie: string, query = '') =>
  (await api.app.inject({ url: `/api/v1/rum/figures?${query}`, headers: { cookie } })).json<RumFigures>();

describe('what browsers measure', () => {
  test('is counted by screen, regency and connection, the slowest first, and nothing of a person', async () => {
    for (const ready of [200, 250, 5_000, 5_500])
      expect((await send(cookies.here, body('/devices', ready))).statusCode).toBe(202);
    await send(cookies.there, body('/sites', 180, ['cannot read "Budi" of 12']));
    await send(cookies.there, body('/sites', 190, ['cannot read "Sri" of 99']));

    const seen = await figures(cookies.all);

    expect(seen.screens.map(({ id, count, errors }) => [id, count, errors])).toEqual([
      ['/devices', 4, 0],
      ['/sites', 2, 2],
    ]);
    expect(seen.screens[0]?.vitals.ready).toBeGreaterThan(4_000);
    expect(seen.regencies.map(({ id, name }) => [id, name])).toEqual([
      ['16.03', 'Kabupaten Muara Enim'],
      ['16.71', 'Kota Palembang'],
    ]);
    expect(seen.connections.map(({ id, count }) => [id, count])).toEqual([['3g', 6]]);
    expect(seen.trend).toHaveLength(1);
    expect(seen.errors).toMatchObject([{ sample: 'TypeError: cannot read <text> of #', count: 2, routes: ['/sites'] }]);
    expect(JSON.stringify(seen)).not.toMatch(/Budi|Sri|nobody-keeps-me/);
  });

  test('is seen by region, screen and range', async () => {
    expect((await figures(cookies.there)).screens.map(({ id }) => id)).toEqual(['/sites']);
    expect((await figures(cookies.there, 'region=16.03')).all.count).toBe(0);
    expect((await figures(cookies.all, 'route=/devices')).all.count).toBe(4);
    expect((await figures(cookies.all, 'connection=4g')).all.count).toBe(0);
    const old = { route: '/sites', connection: '4g', browser: 'other', errors: [] } as const;
    await api.inventory.rum.add({ ...old, vitals: [{ vital: 'lcp', value: 1, bucket: 0 }] }, '16.71', NOON - 8 * DAY);
    expect((await figures(cookies.all)).all.count).toBe(6);
    expect((await figures(cookies.all, 'days=30')).trend).toHaveLength(2);
  });

  test('takes nonsense without a word, and neither floods nor large bodies', async () => {
    expect((await send(cookies.all, { meta: 7, measurements: 'x', logs: [] })).statusCode).toBe(202);
    expect((await send(cookies.all, body('/x', 1, ['y'.repeat(70_000)]))).statusCode).toBe(413);
    expect((await send('', body('/x', 1))).statusCode).toBe(401);
    const { cookie } = await api.signIn('viewer', '16.03');
    const answers: number[] = [];
    for (let count = 0; count < 61; count += 1) answers.push((await send(cookie, { meta: {} })).statusCode);
    expect([answers.at(59), answers.at(60)]).toEqual([202, 429]);
  });

  test('keeps to so many screens and errors an hour, whatever is sent', async () => {
    const { rum } = api.inventory;
    const report = { connection: 'unknown', browser: 'other', errors: [] } as const;
    const then = NOON - 2 * DAY;
    for (let count = 0; count < 102; count += 1) {
      const route = `/made-${String.fromCharCode(97 + (count % 26), 97 + Math.floor(count / 26))}`;
      await rum.add({ ...report, route, vitals: [{ vital: 'lcp', value: 1, bucket: 0 }] }, '16', then);
    }

    const [row] = await api.inventory.sql.query<{ routes: number; other: number }>(
      `SELECT count(DISTINCT route)::int AS routes, sum(count) FILTER (WHERE route = 'other')::int AS other
       FROM rum_vital WHERE hour = $1`,
      [new Date(then)],
    );
    expect(row).toEqual({ routes: 101, other: 2 });
    await rum.removeBefore(NOON - DAY);
    expect((await figures(cookies.all, 'days=30')).trend).toHaveLength(1);
  });
});

test('nothing is taken while it is off', async () => {
  const off = await openTestApi();
  try {
    const { cookie } = await off.signIn('engineer');
    const headers = { cookie };
    expect((await off.app.inject({ url: '/api/v1/rum', headers })).json()).toEqual({ isOn: false });
    const sent = await off.app.inject({ method: 'POST', url: '/api/v1/rum', payload: body('/x', 1), headers });
    expect(sent.statusCode).toBe(415);
  } finally {
    await off.close();
  }
});

test('Alloy gets what was kept and no more; while it fails, nobody waits and it is said once', async () => {
  const told: string[] = [];
  const got: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.writeHead(got.length === 1 ? 202 : 500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new Secret(`http://127.0.0.1:${(server.address() as AddressInfo).port}/collect`);
  const log = { ...api.log, warn: (_: object, sentence: string) => void told.push(sentence) };
  const forward = alloyForwarder({ url, clock: () => NOON, log });
  const report = {
    route: '/sites',
    connection: '4g',
    browser: 'Chrome',
    vitals: [{ vital: 'lcp', value: 900, bucket: 6 }],
    errors: ['TypeError: x'],
  } as const;
  try {
    for (let count = 0; count < 3; count += 1) forward(report, '16.03');
    await expect.poll(() => got.length, { timeout: 30_000, interval: 20 }).toBe(3);
    await expect.poll(() => told, { timeout: 30_000, interval: 20 }).toHaveLength(1);

    expect(got[0]).toMatchObject({
      meta: { view: { name: '/sites' } },
      measurements: [{ values: { lcp: 900 }, context: { connection: '4g', regency: '16.03' } }],
      exceptions: [{ value: 'TypeError: x' }],
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
