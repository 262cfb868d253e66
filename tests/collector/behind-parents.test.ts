import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../core/domain/clock.ts';
import { availabilityOf } from '../../core/services/availability.ts';
import { type CutOffCollector, cutOffCollector } from '../support/cut-off-collector.ts';
import { openTestInventory, type TestInventory } from '../support/inventory.ts';

/** The longest that a fall stays unseen, and the longest that a moment of it strays. */
const FOUND_WITHIN = 15;
const STRAYS = 6;

let store: TestInventory;
let network: CutOffCollector;
beforeAll(async () => {
  store = await openTestInventory();
});
afterAll(() => store.close());
afterEach(() => network.stop());

const statusOf = async (id: string | undefined) =>
  (await store.inventory.statuses.all()).find(({ deviceId }) => deviceId === id);

async function secondsOf(id: string, from: number) {
  const to = network.time.clock();
  return (await availabilityOf(store.inventory, { kind: 'device', id }, { from, to, asOf: to })).seconds;
}

test('the time of a child behind a parent that is down counts to the parent alone', async () => {
  network = await cutOffCollector(store, {
    devices: 3,
    parents: [
      { child: 1, parent: 0 },
      { child: 2, parent: 0 },
    ],
  });
  const { time, deviceIds } = network;
  const [trunk = '', child = ''] = deviceIds;
  await time.advance(MINUTE);
  const cutAt = time.clock();
  for (const id of deviceIds) network.silence(id);
  await time.advance(10 * MINUTE);
  const whileCut = await Promise.all([statusOf(trunk), statusOf(child)]);
  for (const id of deviceIds) network.answer(id);
  await time.advance(2 * MINUTE);

  const [ofTrunk, ofChild] = [await secondsOf(trunk, cutAt), await secondsOf(child, cutAt)];
  const outages = (await store.inventory.outages.list({})).items;

  expect(whileCut).toMatchObject([
    { state: 'down' },
    { state: 'unknown', reason: 'parent-down', openOutageId: expect.any(String) },
  ]);
  expect(Math.abs(ofTrunk.down - 600)).toBeLessThanOrEqual(STRAYS);
  expect(ofChild.down).toBe(0);
  expect(ofChild.cutOff).toBe(ofChild.unknown);
  expect(Math.abs(ofChild.cutOff - 600)).toBeLessThanOrEqual(FOUND_WITHIN);
  expect(outages.map(({ deviceId, cause }) => [deviceId, cause]).sort()).toEqual(
    deviceIds.map((id) => [id, id === trunk ? null : 'parent']).sort(),
  );
  expect(network.messages.map(({ what }) => what)).toEqual(['opened', 'recovered']);
});

test('a site on a ring is degraded on one path and cut off only when both are', async () => {
  network = await cutOffCollector(store, {
    devices: 3,
    parents: [
      { child: 2, parent: 0 },
      { child: 2, parent: 1 },
    ],
  });
  const { time, deviceIds } = network;
  const [east = '', west = '', site = ''] = deviceIds;
  await time.advance(MINUTE);

  network.silence(east);
  await time.advance(MINUTE);
  const onOnePath = await statusOf(site);
  const before = (await store.inventory.outages.list({ deviceId: site })).items;
  network.silence(west);
  network.silence(site);
  await time.advance(MINUTE);
  const cutOff = await statusOf(site);
  network.answer(west);
  network.answer(site);
  await time.advance(MINUTE);
  const again = await statusOf(site);
  const outages = (await store.inventory.outages.list({ deviceId: site })).items;

  expect(onOnePath).toMatchObject({ state: 'degraded', reason: 'one-path' });
  expect(before).toEqual([]);
  expect(cutOff).toMatchObject({ state: 'unknown', reason: 'parent-down' });
  expect(again).toMatchObject({ state: 'degraded', reason: 'one-path' });
  expect(outages).toMatchObject([{ cause: 'parent', ownSince: null, endedAt: expect.any(Number) }]);
});

test('an outage of a child that outlasts its parents is its own from their return on', async () => {
  network = await cutOffCollector(store, { devices: 2, parents: [{ child: 1, parent: 0 }] });
  const { time } = network;
  const [trunk = '', child = ''] = network.deviceIds;
  await time.advance(MINUTE);
  const cutAt = time.clock();
  network.silence(trunk);
  network.silence(child);
  await time.advance(5 * MINUTE);
  const backAt = time.clock();
  network.answer(trunk);
  await time.advance(5 * MINUTE);

  const seconds = await secondsOf(child, cutAt);
  const [outage] = (await store.inventory.outages.list({ deviceId: child })).items;

  expect(Math.abs(seconds.cutOff - 300)).toBeLessThanOrEqual(FOUND_WITHIN * 2);
  expect(seconds.down + seconds.cutOff).toBeGreaterThan(600 - FOUND_WITHIN * 2);
  expect(outage).toMatchObject({ cause: 'parent', endedAt: null });
  expect(Math.abs((outage?.ownSince ?? 0) - backAt)).toBeLessThanOrEqual(FOUND_WITHIN * 2 * SECOND);
});
