import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gap, PlanRow, PlanTable, PlanVillage, TrendMonth } from '../../core/contract/coverage-plan.ts';
import { HOUR } from '../../core/domain/clock.ts';
import { COVERAGE_CLASSES, type CoverageFilter, VILLAGE_KINDS } from '../../core/domain/coverage.ts';
import { greatCircleM } from '../../core/domain/great-circle.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { layCoverage } from '../support/coverage-province.ts';

let api: TestApi;
let everywhere: string;
beforeAll(async () => {
  api = await openTestApi();
  await layCoverage(api.inventory);
  everywhere = (await api.signIn('planner')).cookie;
});
afterAll(() => api.close());

async function ask<T>(url: string, cookie = everywhere): Promise<T> {
  const reply = await api.app.inject({ url: `/api/v1${url}`, headers: { cookie } });
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json<T>();
}
const table = (query: string, cookie?: string) => ask<PlanTable>(`/coverage/table?${query}`, cookie);
type Page<T> = { readonly items: readonly T[]; readonly total: number };

/** Each figure of a row with the list that stands behind it. */
const FIGURES: readonly (readonly [CoverageFilter, (row: PlanRow) => number])[] = [
  ['all', ({ listed }) => listed],
  ['programme', ({ villagesInProgramme }) => villagesInProgramme],
  ['both', ({ withBoth }) => withBoth],
  ['alive-both', ({ aliveBoth }) => aliveBoth],
  ['normal', ({ villages }) => villages.normal],
  ['partial', ({ villages }) => villages.partial],
  ['down', ({ villages }) => villages.down],
  ['unknown', ({ villages }) => villages.unknown],
  ['not-proposed', ({ notProposed }) => notProposed],
  ['blocked-by-terrain', ({ blockedByTerrain }) => blockedByTerrain],
  ['none', ({ unsaid }) => unsaid],
];

describe('the table', () => {
  test.each(VILLAGE_KINDS)('sums equal parts on every level, and every village is in one class (%s)', async (of) => {
    for (const [region, parts] of [
      ['16', ['regency', 'district', 'village']],
      ['16.01', ['district', 'village']],
    ] as const) {
      const whole = (await table(`region=${region}&of=${of}&level=${region === '16' ? 'province' : 'regency'}`)).rows;
      for (const level of parts) {
        const { rows, total } = await table(`region=${region}&of=${of}&level=${level}`);
        for (const [, figureOf] of FIGURES) {
          const sum = rows.reduce((all, row) => all + figureOf(row), 0);
          expect(sum).toBe(figureOf(total));
          expect(sum).toBe(figureOf(whole[0] as PlanRow));
        }
        for (const row of [...rows, total]) {
          const { villages, notProposed, blockedByTerrain, unsaid } = row;
          const states = villages.normal + villages.partial + villages.down + villages.unknown;
          expect(states).toBe(row.villagesInProgramme);
          expect(states + notProposed + blockedByTerrain + unsaid).toBe(row.listed);
          expect(row.aliveBoth).toBeLessThanOrEqual(Math.min(row.withBoth, villages.normal));
        }
      }
    }
  });

  test('every figure of every row equals the count of the list behind it', async () => {
    for (const of of ['desa', 'all']) {
      const { rows, total } = await table(`of=${of}`);
      expect(rows.length).toBe(3);
      for (const row of of === 'all' ? [...rows, total] : [total]) {
        for (const [is, figureOf] of FIGURES) {
          const list = await ask<Page<PlanVillage>>(
            `/coverage/villages?of=${of}&region=${row.code}&is=${is}&pageSize=1`,
          );
          expect([row.code, is, list.total]).toEqual([row.code, is, figureOf(row)]);
        }
        const sites = async (more: string) => {
          const kinds = ['village-office', 'village-public'].map((kind) =>
            ask<Page<unknown>>(`/sites?kind=${kind}&region=${row.code}&pageSize=1${more}`),
          );
          return (await Promise.all(kinds)).reduce((all, { total: found }) => all + found, 0);
        };
        expect([await sites(''), await sites('&state=up')]).toEqual([row.hotspots, row.livingHotspots]);
      }
    }
  });

  test('says its denominators and their edition', async () => {
    const desa = await table('of=desa');
    const district = await table('of=desa&region=16.01');

    expect(desa).toMatchObject({ edition: '2025-06', of: 'desa', level: 'regency', month: '2026-11' });
    expect(desa.rows.map(({ villageCount }) => villageCount)).toEqual([10, 10, 10]);
    expect(district.ancestors).toEqual([{ code: '16', name: 'province 16' }]);
    // No official count of a district: the villages on record stand for it.
    expect(district.rows.map(({ villageCount, listed }) => villageCount - listed)).toEqual([0, 0]);
  });

  test('the word of the nearest region counts for a village that has none of its own', async () => {
    const { items } = await ask<Page<PlanVillage>>(
      '/coverage/villages?region=16.02&of=all&is=not-proposed&pageSize=100',
    );

    expect(items.length).toBeGreaterThan(1);
    expect(items.some(({ programmeNote }) => programmeNote === 'Menunggu usulan')).toBe(true);
  });

  test('a month that lies ahead is refused', async () => {
    const reply = await api.app.inject({
      url: '/api/v1/coverage/table?month=2031-01',
      headers: { cookie: everywhere },
    });

    expect(reply.statusCode).toBe(400);
  });
});

describe('the ranked gaps', () => {
  test('are the villages without a hotspot, most people first, each with the nearest site that lives', async () => {
    const { items, total } = await ask<Page<Gap>>('/coverage/gaps?of=all&pageSize=500');
    const { total: figures } = await table('of=all');
    const sites = await api.inventory.coveragePlan.livingSites('');
    const rows = await api.inventory.coveragePlan.gaps('16', 'all');

    expect(total).toBe(figures.listed - figures.villagesInProgramme);
    expect(items.map(({ rank }) => rank)).toEqual(items.map((_, n) => n + 1));
    const people = items.map((gap) => gap.people ?? -1);
    expect(people).toEqual(people.toSorted((a, b) => b - a));
    for (const gap of items) {
      const { lat, lng } = rows.find(({ code }) => code === gap.code) ?? { lat: null, lng: null };
      const least = Math.min(...sites.map((site) => greatCircleM({ lat: lat ?? 0, lng: lng ?? 0 }, site)));
      expect(gap.nearest?.distanceM).toBe(Math.round(least));
      expect(gap.peopleAreEstimated).toBe(
        gap.people === 1500 && rows.find(({ code }) => code === gap.code)?.population === null,
      );
    }
  });
});

describe('the trend', () => {
  test('shows a month that was measured, and a gap where nothing was', async () => {
    const [first, second] = await api.inventory.coveragePlan.hotspotDevices('16.01', 'all');
    if (first === undefined || second === undefined) throw new Error('no hotspots');
    const october = Date.UTC(2026, 9, 31, 17);
    const rollUps = [first.deviceId, second.deviceId].flatMap((deviceId, n) =>
      Array.from({ length: 48 }, (_, hour) => ({
        deviceId,
        metric: 'reachability.up',
        instance: '',
        kind: 'gauge' as const,
        at: october - (hour + 1) * HOUR,
        count: 60,
        min: n,
        max: n,
        sum: n * 60,
        last: n,
        increase: 0,
        spanMs: 0,
      })),
    );
    await api.series.appendRollUps('1h', rollUps);

    const { months } = await ask<{ months: readonly TrendMonth[] }>('/coverage/trend?of=all&region=16.01');

    expect(months.map(({ month }) => month)).toEqual([
      '2025-12',
      ...Array.from({ length: 11 }, (_, n) => `2026-${String(n + 1).padStart(2, '0')}`),
    ]);
    expect(months[3]).toEqual({ month: '2026-03', villages: null, alive: null, availability: null, isRunning: false });
    expect(months[10]).toMatchObject({ availability: 0.5, villages: first.regionCode === second.regionCode ? 1 : 2 });
    expect(months[11]).toMatchObject({ isRunning: true, villages: expect.any(Number) });
  });
});

describe('the word of the programme', () => {
  const put = (code: string, cookie: string, payload: object) =>
    api.app.inject({ method: 'PUT', url: `/api/v1/regions/${code}/programme`, headers: { cookie }, payload });

  test('is said by a planner, moves the figures, and keeps what was said before', async () => {
    const { cookie, account } = await api.signIn('planner', '16.01');
    const before = await table('region=16.01&of=all');
    const open = await ask<Page<PlanVillage>>('/coverage/villages?region=16.01&of=all&is=none&pageSize=1');
    const code = open.items[0]?.code ?? '';

    const said = await put(code, cookie, { programme: 'not-proposed', note: 'Belum ada surat' });
    await put(code, cookie, { programme: 'not-proposed', note: 'Belum ada surat' });
    const after = await table('region=16.01&of=all');
    const back = await put(code, cookie, { programme: null, note: null });

    expect(said.json()).toMatchObject({
      programme: 'not-proposed',
      history: [{ by: account.displayName, before: null }],
    });
    expect(after.total.notProposed - before.total.notProposed).toBe(1);
    expect(back.json().history).toHaveLength(2);
    expect(back.json().history[0]).toMatchObject({
      before: 'not-proposed',
      beforeNote: 'Belum ada surat',
      programme: null,
    });
  });

  test('is refused to who may not say it, and of a region outside', async () => {
    const planner = await api.signIn('planner', '16.01');
    const engineer = await api.signIn('engineer');
    const word = { programme: null, note: null };

    expect((await put('16.01.01', engineer.cookie, word)).statusCode).toBe(403);
    expect((await put('16.02.01', planner.cookie, word)).statusCode).toBe(404);
    expect((await put('16.99', everywhere, word)).statusCode).toBe(404);
    expect((await put('16.01', planner.cookie, { programme: 'perhaps', note: null })).statusCode).toBe(400);
  });
});

test('an account of one regency gets nothing of another, in any list or file', async () => {
  const { cookie } = await api.signIn('planner', '16.01');
  for (const url of [
    'table?of=all',
    'table?of=all&level=village',
    'villages?of=all',
    'gaps?of=all',
    'trend',
    'file?of=all',
  ]) {
    const inside = await api.app.inject({ url: `/api/v1/coverage/${url}`, headers: { cookie } });
    const separator = url.includes('?') ? '&' : '?';
    const outside = await api.app.inject({
      url: `/api/v1/coverage/${url}${separator}region=16.02`,
      headers: { cookie },
    });
    expect([url, inside.statusCode, outside.statusCode]).toEqual([url, 200, 404]);
    expect(inside.body).not.toMatch(/16\.02|16\.71|province 16/);
  }
});

test.each(['csv', 'xlsx'] as const)('the table, its villages and its gaps come as %s', async (format) => {
  for (const what of ['table', 'villages', 'gaps']) {
    const reply = await api.app.inject({
      url: `/api/v1/coverage/file?what=${what}&format=${format}&of=all`,
      headers: { cookie: everywhere },
    });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-disposition']).toContain(`-16-2026-11-21.${format}"`);
    if (format === 'csv') expect(reply.body).toContain('desa + kelurahan,2025-06,2026-11-21T12:00:00+07:00');
  }
});

test('every class has a figure', () => {
  expect(COVERAGE_CLASSES.every((of) => FIGURES.some(([is]) => is === of))).toBe(true);
});
