import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadGateways } from '../../../../../captive-portal/gateway.ts';
import { loadMethods } from '../../../../../captive-portal/method.ts';
import { layProvince, NOON, type Province } from '../../../../support/api.ts';
import { openTestInventory, type TestInventory } from '../../../../support/inventory.ts';

let stores: TestInventory;
let province: Province;
beforeAll(async () => {
  const [gateways, methods] = await Promise.all([loadGateways(), loadMethods()]);
  stores = await openTestInventory({ clock: () => NOON, portal: { gateways, methods } });
  province = await layProvince(stores.inventory);
});
afterAll(() => stores.close());

const NOWHERE = '00000000-0000-4000-8000-000000000000';
const sites = () => stores.inventory.portal.sites;

test('a site that nobody set up offers click-through', async () => {
  const { site } = province.inside;

  expect(await sites().get(site.id)).toEqual({
    siteId: site.id,
    siteName: site.name,
    regionCode: site.regionCode,
    planId: null,
    methods: [{ kind: 'terms', planId: null, settings: {} }],
    announcement: '',
    surveyQuestion: '',
    logoSvg: '',
    familyDns: '',
    fallback: 'trial',
    news: false,
    enabled: true,
    updatedAt: 0,
  });
  expect(await sites().get(NOWHERE)).toBeNull();
});

test('what is changed is kept, and the rest stays', async () => {
  const { id } = province.insidePublic.site;
  await sites().update(id, { announcement: ' Posyandu hari Kamis.\n', news: true }, NOON);

  const changed = await sites().update(id, { fallback: 'closed' }, NOON + 1);

  expect(changed).toMatchObject({
    announcement: 'Posyandu hari Kamis.',
    news: true,
    fallback: 'closed',
    updatedAt: NOON + 1,
  });
});

test('sites are listed by region: those that were set up or have a gateway, all where it is asked', async () => {
  const { inventory } = stores;
  const { outside, inside } = province;
  await inventory.portal.gateways.create({ name: 'A', siteId: outside.site.id, family: 'mikrotik' });
  await sites().update(inside.site.id, { news: false }, NOON);

  const everywhere = await sites().list({});
  const regency = await sites().list({ region: '16.03' });
  const all = await sites().list({ all: true });

  const ids = everywhere.items.map(({ siteId }) => siteId);
  expect(ids).toContain(outside.site.id);
  expect(ids).toContain(inside.site.id);
  expect(ids).not.toContain(province.core.site.id);
  expect(regency.items.map(({ siteId }) => siteId)).not.toContain(outside.site.id);
  expect(all.total).toBe(5);
});

test.each([
  ['/logoSvg', { logoSvg: '<svg onload="x"></svg>' }],
  ['/announcement', { announcement: 'a\u0000b' }],
  ['/methods/0', { methods: [{ kind: 'telepathy', planId: null, settings: {} }] }],
  ['/methods/0/settings', { methods: [{ kind: 'terms', planId: null, settings: { nonsense: 1 } }] }],
  [
    '/methods/1',
    {
      methods: [
        { kind: 'terms', planId: null, settings: {} },
        { kind: 'terms', planId: null, settings: {} },
      ],
    },
  ],
])('what cannot be is refused, with its field: %s', async (field, change) => {
  await expect(sites().update(province.inside.site.id, change, NOON)).rejects.toMatchObject({
    code: 'bad-input',
    faults: [expect.objectContaining({ field })],
  });
});

test('a plan or site that does not exist is told of', async () => {
  await expect(sites().update(NOWHERE, {}, NOON)).rejects.toMatchObject({ code: 'not-found' });
  await expect(sites().update(province.inside.site.id, { planId: NOWHERE }, NOON)).rejects.toMatchObject({
    code: 'conflict',
  });
});
