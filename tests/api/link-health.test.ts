import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Link, LinkHealthView, ListedLink } from '../../core/contract/links.ts';
import { DAY, HOUR, MINUTE } from '../../core/domain/clock.ts';
import type { Sample } from '../../core/domain/sample.ts';
import { layProvince, NOON, openTestApi, type Province, type TestApi } from '../support/api.ts';

let api: TestApi;
let province: Province;
let cookie: string;
beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
});
beforeEach(async () => {
  api.time.now = NOON;
  cookie ??= (await api.signIn('engineer')).cookie;
});
afterAll(() => api.close());

const ask = async (url: string, by = cookie) => await api.app.inject({ url, headers: { cookie: by } });
async function health(linkId: string): Promise<LinkHealthView> {
  const answer = await ask(`/api/v1/links/${linkId}/health`);
  expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
  return answer.json();
}

type Made = { readonly link: Link; readonly deviceId: string };
type Wanted = { readonly medium?: Link['medium']; readonly contractMbps?: number; readonly speedBps?: number };

/** A router of Sukamaju with a module in its first port, and the link that it measures. */
async function measured({ medium = 'fibre', contractMbps = 100, speedBps = 1e9 }: Wanted = {}): Promise<Made> {
  const { inventory } = api;
  const code = `r-${randomUUID()}`;
  const siteId = province.inside.site.id;
  const { id } = await inventory.devices.create({ code, name: code, kind: 'router', siteId, host: '127.0.0.1' });
  const port = {
    alias: '',
    type: 'ethernetCsmacd',
    mac: null,
    mtu: 1500,
    adminStatus: 'up',
    operStatus: 'up',
  } as const;
  await inventory.interfaces.replace(
    id,
    [
      { ...port, index: 1, name: 'sfp1', speedBps },
      { ...port, index: 2, name: 'ether1', speedBps: 1e9 },
    ],
    NOON,
  );
  const ends = { fromSiteId: siteId, toSiteId: province.core.site.id };
  const link = await inventory.links.create({
    ...ends,
    code,
    name: code,
    medium,
    deviceId: id,
    ifIndex: 1,
    contractMbps,
  });
  return { link, deviceId: id };
}

const gauge = (deviceId: string, metric: string, instance: string, value: number, at = NOON - MINUTE): Sample => ({
  deviceId,
  metric,
  instance,
  kind: 'gauge',
  value,
  at,
});
const light = (deviceId: string, rx: number, tx: number): Sample[] => [
  gauge(deviceId, 'sensor.dbm', 'optical.rx.1', rx),
  gauge(deviceId, 'sensor.dbm', 'optical.tx.1', tx),
  gauge(deviceId, 'sensor.voltage', 'optical.1', 3.28),
  gauge(deviceId, 'sensor.current', 'optical.1', 0.018),
];
/** Counters of an hour and some minutes, one sample a minute, that grow by so much a second. */
const counted = (deviceId: string, metric: string, perSecond: number, instance = '1'): Sample[] =>
  Array.from({ length: 70 }, (_, minute) => ({
    deviceId,
    metric,
    instance,
    kind: 'counter' as const,
    value: Math.round(perSecond * 60 * minute),
    at: NOON - (69 - minute) * MINUTE,
  }));
const bits = (mbps: number): number => (mbps * 1e6) / 8;

describe('the health of a link', () => {
  test('is unknown where no device measures it, and where one tells nothing', async () => {
    const { link } = await measured();

    const silent = await health(link.id);
    const unmeasured = await health(province.inside.link.id);

    const nothing = { health: 'unknown', reasons: [], operStatus: null, rx: null, tx: null, rxChange: null };
    expect(silent).toEqual({
      ...nothing,
      linkId: link.id,
      in: null,
      out: null,
      errors: null,
      discards: null,
      asOf: NOON,
    });
    expect(unmeasured).toMatchObject(nothing);
  });

  test('is good with light within the standard, a quiet line and room in the contract', async () => {
    const { link, deviceId } = await measured();
    await api.series.append([
      ...light(deviceId, -11.2, -5.4),
      gauge(deviceId, 'interface.ifOperStatus', '1', 1),
      ...counted(deviceId, 'interface.ifHCInOctets', bits(40)),
      ...counted(deviceId, 'interface.ifHCOutOctets', bits(8)),
      ...counted(deviceId, 'interface.ifInErrors', 0),
    ]);

    const found = await health(link.id);

    expect(found).toMatchObject({ health: 'good', reasons: [], operStatus: 'up' });
    expect(found.rx).toEqual({
      dbm: -11.2,
      limits: { low: -19.5, lowWarning: -17.5, highWarning: null, high: -3, standard: '1000BASE-LX10' },
    });
    expect(found.tx?.dbm).toBe(-5.4);
    expect(found.in?.share).toBeCloseTo(0.4, 3);
    expect(found.out?.share).toBeCloseTo(0.08, 3);
    expect(found.errors).toEqual({ perSecond: 0, perMillion: 0 });
    expect(found.discards).toBeNull();
  });

  test('is worth watching while its signal falls, long before it is too weak', async () => {
    const { link, deviceId } = await measured();
    const past = Array.from({ length: 7 * 24 }, (_, hour) =>
      gauge(deviceId, 'sensor.dbm', 'optical.rx.1', -10 - (hour / 24) * 0.4, NOON - 7 * DAY + hour * HOUR),
    );
    await api.series.append([...past, ...light(deviceId, -12.8, -5)]);

    const found = await health(link.id);

    expect(found.health).toBe('watch');
    expect(found.reasons.map(({ kind }) => kind)).toEqual(['rx-falling']);
    expect(found.rxChange?.db).toBeLessThan(-2);
    expect(found.rxChange?.days).toBeGreaterThan(5);
  });

  test('knows no change from one day alone', async () => {
    const { link, deviceId } = await measured();
    const past = Array.from({ length: 20 }, (_, hour) =>
      gauge(deviceId, 'sensor.dbm', 'optical.rx.1', -6 - hour * 0.3, NOON - 20 * HOUR + hour * HOUR),
    );
    await api.series.append([...past, ...light(deviceId, -12, -5)]);

    const found = await health(link.id);

    expect(found.rxChange).toBeNull();
    expect(found.health).toBe('good');
  });

  test('takes the limits that the device tells before those of the standard', async () => {
    const { link, deviceId } = await measured();
    const limits = { low: -14, lowWarning: -12, highWarning: -3, high: -1 };
    const name = { metric: 'sensor.dbm', instance: 'optical.rx.1', label: 'sfp1', unit: 'dBm', limits };
    await api.inventory.findings.save(deviceId, { readings: [name, { metric: 'sensor.dbm', nonsense: true }] }, NOON);
    await api.series.append(light(deviceId, -13, -5));

    const found = await health(link.id);

    expect(found.rx?.limits).toEqual({ ...limits, standard: null });
    expect(found.tx?.limits?.standard).toBe('1000BASE-LX10');
    expect(found.reasons).toEqual([{ kind: 'rx-low', health: 'watch', value: -13, limit: -12, unit: 'dBm' }]);
  });

  test('bears findings that are no list', async () => {
    const { link, deviceId } = await measured();
    await api.inventory.findings.save(deviceId, { readings: { metric: 'sensor.dbm' } }, NOON);
    await api.series.append(light(deviceId, -30, -5));

    expect((await health(link.id)).reasons[0]).toMatchObject({ kind: 'rx-low', limit: -19.5 });
  });

  test('reads no light from an empty cage, from long ago, or of a radio', async () => {
    const cage = await measured();
    const old = await measured();
    const radio = await measured({ medium: 'radio' });
    const empty = light(cage.deviceId, 0, 0).map((sample) => ({ ...sample, value: 0 }));
    await api.series.append([
      ...empty,
      ...light(old.deviceId, -30, -5).map((sample) => ({ ...sample, at: NOON - HOUR })),
      ...light(radio.deviceId, -30, -5),
    ]);

    for (const { link } of [cage, old, radio]) {
      expect(await health(link.id)).toMatchObject({ health: 'unknown', rx: null, tx: null });
    }
  });

  test('is bad when its port is down, its contract full, or packets are lost', async () => {
    const { link, deviceId } = await measured({ contractMbps: 20 });
    await api.series.append([
      gauge(deviceId, 'interface.ifOperStatus', '1', 7),
      ...counted(deviceId, 'interface.ifHCInOctets', bits(19.6)),
      ...counted(deviceId, 'interface.ifHCOutOctets', bits(2)),
      ...counted(deviceId, 'interface.ifInErrors', 4),
      ...counted(deviceId, 'interface.ifOutErrors', 1),
      ...counted(deviceId, 'interface.ifOutDiscards', 10),
      // What another port loses is not this link's.
      ...counted(deviceId, 'interface.ifInErrors', 5_000, '2'),
    ]);

    const { reasons, errors, operStatus } = await health(link.id);

    expect(operStatus).toBe('lowerLayerDown');
    expect(reasons.map(({ kind, health }) => [kind, health])).toEqual([
      ['port-down', 'bad'],
      ['errors', 'bad'],
      ['busy-in', 'bad'],
      ['discards', 'watch'],
    ]);
    expect(errors?.perSecond).toBeCloseTo(5, 1);
    expect(errors?.perMillion).toBeCloseTo((1e6 * 5) / (bits(21.6) / 800), -1);
  });

  test('of a short peak is not that of the hour', async () => {
    const { link, deviceId } = await measured({ contractMbps: 100 });
    let octets = 0;
    const samples = Array.from({ length: 70 }, (_, minute): Sample => {
      octets += bits(minute === 40 ? 100 : 20) * 60;
      const at = NOON - (69 - minute) * MINUTE;
      return { deviceId, metric: 'interface.ifHCInOctets', instance: '1', kind: 'counter', value: octets, at };
    });
    await api.series.append(samples);

    const found = await health(link.id);

    expect(found.in?.share).toBeGreaterThan(0.2);
    expect(found.in?.share).toBeLessThan(0.4);
  });

  test('without a contract has no share of it', async () => {
    const { link, deviceId } = await measured();
    await api.inventory.links.update(link.id, { contractMbps: null });
    await api.series.append(counted(deviceId, 'interface.ifHCInOctets', bits(90)));

    const found = await health(link.id);

    expect(found.in).toMatchObject({ share: null });
    expect(found.in?.bps).toBeGreaterThan(80e6);
    expect(found.health).toBe('unknown');
  });
});

describe('who may see it', () => {
  test('is whoever sees one of its ends', async () => {
    const { inside, outside } = province;
    const muaraEnim = (await api.signIn('officer', '16.03')).cookie;
    const palembang = (await api.signIn('officer', '16.71')).cookie;
    const status = async (linkId: string, by: string) => (await ask(`/api/v1/links/${linkId}/health`, by)).statusCode;

    // Both links end at the core in Palembang.
    expect(await status(inside.link.id, muaraEnim)).toBe(200);
    expect(await status(inside.link.id, palembang)).toBe(200);
    expect(await status(outside.link.id, muaraEnim)).toBe(404);
    expect(await status(outside.link.id, palembang)).toBe(200);
    expect(await status(randomUUID(), palembang)).toBe(404);
  });

  test('is told of a link to a provider by its only end', async () => {
    const { id } = await api.inventory.links.create({
      code: 'to-provider',
      name: 'to-provider',
      medium: 'vsat',
      fromSiteId: province.inside.site.id,
    });
    const palembang = (await api.signIn('officer', '16.71')).cookie;

    expect((await ask(`/api/v1/links/${id}/health`)).statusCode).toBe(200);
    expect((await ask(`/api/v1/links/${id}/health`, palembang)).statusCode).toBe(404);
  });
});

describe('the list of links', () => {
  test('tells the health of each, and is narrowed to a device', async () => {
    const weak = await measured();
    const fine = await measured();
    await api.series.append([...light(weak.deviceId, -25, -5), ...light(fine.deviceId, -9, -5)]);

    const list = async (query: string): Promise<ListedLink[]> =>
      (await ask(`/api/v1/links?pageSize=500${query}`)).json().items;

    const all = new Map((await list('')).map(({ id, health }) => [id, health]));
    expect([all.get(weak.link.id), all.get(fine.link.id)]).toEqual(['bad', 'good']);
    expect(all.get(province.inside.link.id)).toBe('unknown');
    expect((await list(`&deviceId=${weak.deviceId}`)).map(({ id }) => id)).toEqual([weak.link.id]);
    expect(await list(`&deviceId=${province.core.device.id}`)).toEqual([]);
  });

  test('asks the stores the same few questions for many links as for few', async () => {
    const counts: number[] = [];
    for (const more of [1, 6]) {
      for (let n = 0; n < more; n++) {
        const { deviceId } = await measured();
        await api.series.append(light(deviceId, -9, -5));
      }
      let asked = 0;
      const counting = <Asked, Answered>(ask: (asked: Asked) => Answered) => {
        return (wanted: Asked): Answered => {
          asked++;
          return ask(wanted);
        };
      };
      const { query, latest } = api.series;
      api.series.query = counting(query);
      api.series.latest = counting(latest);
      await ask('/api/v1/links?pageSize=500');
      Object.assign(api.series, { query, latest });
      counts.push(asked);
    }

    expect(counts).toEqual([3, 3]);
  });
});
