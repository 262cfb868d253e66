import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STATES, type State, worstState } from '../../../../core/domain/state.ts';
import { openTestInventory, type TestInventory } from '../../../support/inventory.ts';

const T0 = Date.UTC(2026, 9, 1);

type Fitted = { readonly counts: boolean; readonly enabled: boolean; readonly state: State | null };

/** Every device that a site may have: of a kind that counts for it or not, in any state, never observed, or disabled. */
const DEVICES: readonly Fitted[] = [
  ...[true, false].flatMap((counts) => [...STATES, null].map((state) => ({ counts, enabled: true, state }))),
  { counts: true, enabled: false, state: 'down' },
];
/** Every site of at most two of them, and three of which one may outweigh the others. */
const SITES: readonly (readonly Fitted[])[] = [
  [],
  ...DEVICES.map((one) => [one]),
  ...DEVICES.flatMap((one, at) => DEVICES.slice(at).map((other) => [one, other])),
  ...DEVICES.map((one) => [one, ...DEVICES.slice(0, 2)]),
];

let store: TestInventory;
/** What each site is by the rule, by its code. */
const expected = new Map<string, { state: State; since: number | null }>();

beforeAll(async () => {
  store = await openTestInventory();
  const { sql } = store.inventory;
  await sql.run(
    `INSERT INTO region (code, level, name, lat, lng, edition) VALUES ('16', 'province', 'S', -3, 104, 'test')`,
  );
  const rows = { sites: [] as object[], devices: [] as object[], statuses: [] as object[] };
  let moment = T0;
  for (const [at, fitted] of SITES.entries()) {
    const [siteId, code] = [randomUUID(), `site-${at}`];
    rows.sites.push({ id: siteId, code });
    // The later device changed earlier, so that the first and the last of a state are told apart.
    const seen = fitted.map((device, n) => ({ ...device, id: randomUUID(), since: moment - n * 1_000 }));
    moment += 60_000;
    for (const { id, counts, enabled, state, since } of seen) {
      rows.devices.push({ id, siteId, kind: counts ? 'router' : 'camera', enabled });
      if (state !== null) rows.statuses.push({ id, state, since: new Date(since).toISOString() });
    }
    expected.set(code, ruleOf(seen));
  }
  await sql.run(
    `INSERT INTO site (id, code, name, kind, region_code)
     SELECT id, code, code, 'pop', '16' FROM jsonb_to_recordset($1::jsonb) AS t(id uuid, code text)`,
    [JSON.stringify(rows.sites)],
  );
  await sql.run(
    `INSERT INTO device (id, code, name, kind, site_id, host, enabled)
     SELECT id, id, id, kind, "siteId", '127.0.0.1', enabled
     FROM jsonb_to_recordset($1::jsonb) AS t(id uuid, kind text, "siteId" uuid, enabled boolean)`,
    [JSON.stringify(rows.devices)],
  );
  await sql.run(
    `INSERT INTO device_status (device_id, state, since, memory, updated_at)
     SELECT id, state, since, '{}', since FROM jsonb_to_recordset($1::jsonb) AS t(id uuid, state text, since timestamptz)`,
    [JSON.stringify(rows.statuses)],
  );
});
afterAll(() => store?.close());

/** Of the enabled devices that carry its network, or of all where it has none of those: the worst, since it began. */
function ruleOf(devices: readonly (Fitted & { readonly since: number })[]) {
  const enabled = devices.filter((device) => device.enabled);
  const carrying = enabled.filter(({ counts }) => counts);
  const told = carrying.length > 0 ? carrying : enabled;
  const state = told.length === 0 ? 'unknown' : worstState(told.map((device) => device.state ?? 'unknown'));
  const observed = told.filter((device) => device.state !== null);
  const moments = (of: typeof observed) => of.map(({ since }) => since);
  const faults = state === 'up' ? [] : moments(observed.filter((device) => device.state === state));
  const since = faults.length > 0 ? Math.min(...faults) : Math.max(...moments(observed));
  return { state, since: observed.length === 0 ? null : since };
}

test('a site is as its devices are, in every mix of them', async () => {
  const { items } = await store.inventory.sites.list({ pageSize: 1_000 });

  const told = new Map(items.map(({ code, state, since }) => [code, { state, since }]));
  expect(told).toEqual(expected);
});

test('figures and the map tell the states that the list tells', async () => {
  const { sites, coverage } = store.inventory;
  const { items } = await sites.list({ pageSize: 1_000 });
  const listed = Object.fromEntries(
    STATES.map((state) => [state, items.filter((site) => site.state === state).length]),
  );

  const [summary, counts, map] = await Promise.all([
    coverage.summary('16'),
    coverage.siteCounts('16'),
    coverage.mapSites('16'),
  ]);

  expect([summary.sites, counts]).toEqual([listed, listed]);
  expect(new Map(map.map(({ id, state }) => [id, state]))).toEqual(new Map(items.map(({ id, state }) => [id, state])));
});
