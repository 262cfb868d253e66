import { expect, test } from 'vitest';
import { loadDeviceKinds } from '../../../core/device-kinds.ts';
import { RING } from '../../../provisioning/lab/facts/places-of-work.ts';
import { labNetwork } from '../../../provisioning/lab/network.ts';
import { hardwareOf } from '../../../provisioning/lab/network-builder.ts';

const network = labNetwork();
const count = <Item>(items: readonly Item[], test: (item: Item) => boolean): number => items.filter(test).length;

test('the lab has the sites of the programme', () => {
  const { sites } = network;

  expect(count(sites, ({ kind }) => kind === 'village-office')).toBe(46);
  expect(count(sites, ({ kind }) => kind === 'village-public')).toBe(46);
  expect(count(sites, ({ kind }) => kind === 'shelter')).toBe(2);
  expect(count(sites, ({ kind, status }) => kind === 'agency' && status === 'active')).toBe(19);
  expect(count(sites, ({ kind, status }) => kind === 'agency' && status === 'planned')).toBe(36);
  expect(count(sites, ({ kind }) => kind === 'data-centre')).toBe(1);
});

test('every active site but none that is planned has a device, and a link with a contract leads from it', () => {
  const { sites, devices, links } = network;

  for (const { code, status } of sites) {
    const equipped = devices.some(({ siteCode }) => siteCode === code);
    const linked = links.some(({ fromSiteCode, contractMbps, slaPercent }) => {
      return fromSiteCode === code && contractMbps > 0 && slaPercent > 90;
    });
    expect([equipped, linked], code).toEqual([status === 'active', status === 'active']);
  }
});

test('codes, ids and hardware addresses are unique, and every kind of device is a known one', async () => {
  const { sites, devices, links } = network;

  const kinds = await loadDeviceKinds();

  for (const things of [sites, devices, links]) {
    expect(new Set(things.map(({ id }) => id)).size).toBe(things.length);
    expect(new Set(things.map(({ code }) => code)).size).toBe(things.length);
  }
  expect(new Set(devices.map(({ mac }) => mac)).size).toBe(devices.length);
  for (const { mac } of devices) expect(mac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
  expect(devices.filter(({ kind }) => !kinds.has(kind))).toEqual([]);
});

test('every device has two to ten interfaces, one of them its uplink, and all of its traffic goes to its users', () => {
  for (const device of network.devices) {
    const { ports } = hardwareOf(device);
    expect(ports.length).toBeGreaterThanOrEqual(2);
    expect(ports.length).toBeLessThanOrEqual(10);
    expect(count(ports, ({ role }) => role === 'uplink')).toBe(1);
    expect(ports.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  }
});

test('everything hangs on the core router without going round in circles', () => {
  const parents = new Map(network.devices.map(({ code, parentCodes }) => [code, parentCodes]));
  const depth = (code: string, seen: readonly string[] = []): number => {
    if (seen.includes(code)) throw new Error(`${code} hangs on itself`);
    const above = parents.get(code);
    if (above === undefined) throw new Error(`${code} is not there`);
    return above.length === 0 ? 0 : 1 + Math.max(...above.map((parent) => depth(parent, [...seen, code])));
  };

  const depths = network.devices.map(({ code }) => depth(code));

  expect(network.devices.filter(({ parentCodes }) => parentCodes.length === 0).map(({ code }) => code)).toEqual([
    'dc-sumsel-core',
  ]);
  expect(Math.max(...depths)).toBeGreaterThan(3);
});

test('fibre closes one ring through the data centre', () => {
  const spans = RING.map((code, index) => [code, RING[(index + 1) % RING.length]]);

  for (const [a, b] of spans) {
    const laid = network.links.filter(({ medium, fromSiteCode, toSiteCode }) => {
      return (
        medium === 'fibre' && ((fromSiteCode === a && toSiteCode === b) || (fromSiteCode === b && toSiteCode === a))
      );
    });
    expect(laid, `${a} – ${b}`).toHaveLength(1);
  }
});

test('the same seed builds the same province, another seed another one', () => {
  expect(labNetwork(16)).toEqual(network);
  expect(labNetwork(17).devices.map(({ load }) => load.seed)).not.toEqual(network.devices.map(({ load }) => load.seed));
  expect(labNetwork(17).devices.map(({ id }) => id)).toEqual(network.devices.map(({ id }) => id));
});
