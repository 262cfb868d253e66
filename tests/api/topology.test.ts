import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Topology, TopologyNow } from '../../core/contract/topology.ts';
import { HOUR, MINUTE } from '../../core/domain/clock.ts';
import { layProvince, NOON, openTestApi, type Province, type TestApi } from '../support/api.ts';

let api: TestApi;
let province: Province;
beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
});
afterAll(() => api.close());

const get = async <T>(cookie: string, path = '') => {
  const response = await api.app.inject({ url: `/api/v1/topology${path}`, headers: { cookie } });
  return { response, body: response.json<T>() };
};

test('everything is there with what ties it, in columns of equal length', async () => {
  const { cookie } = await api.signIn('engineer');

  const { body } = await get<Topology>(cookie);

  const { devices, sites, edges, links } = body;
  expect(devices.ids).toHaveLength(5);
  expect(devices.sites.map((site) => sites.ids[site])).toContain(province.core.site.id);
  expect(edges.depends).toBe('1111');
  expect(links.ids.toSorted()).toEqual([province.inside.link.id, province.outside.link.id].toSorted());
  const drawn = edges.links.flatMap((link, edge) => (link < 0 ? [] : [devices.ids[edges.from[edge] ?? 0]]));
  expect(drawn.toSorted()).toEqual([province.inside.device.id, province.outside.device.id].toSorted());
});

test('whoever holds one regency sees an end without a name where the core is', async () => {
  const { cookie } = await api.signIn('engineer', '16.03');

  const { body, response } = await get<Topology>(cookie);
  const { body: now } = await get<TopologyNow>(cookie, '/now');

  expect(body.devices.ids.toSorted()).toEqual([province.inside.device.id, province.insidePublic.device.id].toSorted());
  expect(body.edges.to).toEqual([-1, -1]);
  expect(now.devices).toHaveLength(2);
  for (const { site, device } of [province.core, province.outside, province.outsidePublic]) {
    for (const secret of [site.id, site.name, device.id, device.name]) expect(response.body).not.toContain(secret);
  }
  expect((await get(cookie, '?region=16.71')).response.statusCode).toBe(404);
});

test('the structure is the same answer until something changes', async () => {
  const { cookie } = await api.signIn('engineer');
  const { response, body } = await get<Topology>(cookie);
  const { etag } = response.headers;

  const again = await api.app.inject({
    url: '/api/v1/topology',
    headers: { cookie, 'if-none-match': String(etag) },
  });
  await api.inventory.devices.update(province.inside.device.id, { name: 'AP baru' });
  api.bus.publish({ type: 'inventory-changed', regionCode: '16.03', at: NOON });
  const { body: changed } = await get<Topology>(cookie);

  expect(again.statusCode).toBe(304);
  expect(changed.devices.names).toContain('AP baru');
  expect(changed.version).not.toBe(body.version);
});

test('load is what the measuring port carries now, and in the busiest hour', async () => {
  const { cookie } = await api.signIn('engineer');
  const { inside } = province;
  await api.inventory.links.update(inside.link.id, { deviceId: inside.device.id, ifIndex: 7 });
  api.bus.publish({ type: 'inventory-changed', regionCode: '16.03', at: NOON });
  // 1 MB a second for the last hour, four times that in the middle of the day before.
  let octets = 0;
  const samples = Array.from({ length: 25 * 12 }, (_, n) => {
    const at = NOON - (25 * 12 - 1 - n) * 5 * MINUTE;
    octets += 300 * (at > NOON - 13 * HOUR && at <= NOON - 11 * HOUR ? 4e6 : 1e6);
    return {
      ...{ deviceId: inside.device.id, metric: 'interface.ifHCInOctets', instance: '7' },
      ...{ kind: 'counter' as const, value: octets, at },
    };
  });
  await api.series.append(samples);
  await api.series.rollUp(NOON);

  const { body: topology } = await get<Topology>(cookie);
  const { body } = await get<TopologyNow>(cookie, '/now');

  const link = topology.links.ids.indexOf(inside.link.id);
  expect(body.version).toBe(topology.version);
  expect(topology.links.capacityOf[link]).toBe('c');
  expect(body.bps[link]).toBeCloseTo(8e6, -5);
  expect(body.peakBps[link]).toBeCloseTo(32e6, -6);
});
