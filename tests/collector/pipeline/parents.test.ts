import { afterEach, describe, expect, test } from 'vitest';
import type { WatchedDevice } from '../../../collector/pipeline/watched-device.ts';
import { LINE_POLICIES, policyOf } from '../../../core/domain/line-policy.ts';
import { DEFAULT_STATE_POLICY } from '../../../core/domain/next-state.ts';
import { type WatchedNetwork, watchedDevice, watchNetwork } from '../../support/watched-network.ts';

const networks: WatchedNetwork[] = [];
afterEach(async () => {
  await Promise.all(networks.splice(0).map((network) => network.stop()));
});

async function watching(
  tree: Readonly<Record<string, readonly string[]>>,
  options: Parameters<typeof watchNetwork>[1] = {},
): Promise<WatchedNetwork> {
  const devices = Object.entries(tree).map(([id, parentIds]) => watchedDevice(id, { parentIds }));
  const network = watchNetwork(devices, options);
  networks.push(network);
  await network.time.advance(20_000);
  network.changes.length = 0;
  return network;
}

/** No verdict on it comes in time. */
const endlessFor =
  (deviceId: string) =>
  ({ id }: WatchedDevice): number =>
    id === deviceId ? 60_000 : 1_350;

const told = ({ changes }: WatchedNetwork): unknown[] =>
  changes.map(({ deviceId, to, reason, outage }) => [deviceId, to, reason, outage]);
const stateOf = (network: WatchedNetwork, ...ids: string[]): string[] => ids.map((id) => network.evaluator.stateOf(id));

describe('a fall', () => {
  test('of a device whose parent answers is its own', async () => {
    const network = await watching({ trunk: [], village: ['trunk'] });

    network.silence('village');
    await network.time.advance(15_000);

    expect(told(network)).toEqual([['village', 'down', 'timeout', 'open']]);
  });

  test('of all that lies behind a trunk is the trunk, and each outage has its true times', async () => {
    const villages = Array.from({ length: 200 }, (_, at) => `village-${at}`);
    const network = await watching({ trunk: [], ...Object.fromEntries(villages.map((id) => [id, ['trunk']])) });
    const cutAt = network.time.clock();

    network.silence('trunk', ...villages);
    await network.time.advance(15_000);

    expect(network.changesOf('trunk')).toMatchObject([{ to: 'down', outage: 'open' }]);
    const falls = villages.map((id) => network.changesOf(id));
    expect(new Set(falls.map((changes) => changes.map(({ to, reason }) => `${to} ${reason}`).join()))).toEqual(
      new Set(['unknown parent-down']),
    );
    for (const [fall] of falls) {
      expect(fall?.outage).toBe('open');
      expect(fall?.at).toBeLessThanOrEqual(cutAt);
      expect(fall?.at).toBeGreaterThan(cutAt - 5_600);
      expect((fall?.detectedAt ?? 0) - (fall?.at ?? 0)).toBeLessThan(11_000);
    }
  });

  test('is never said to be the device own where the whole way to it is gone, whichever is missed first', async () => {
    const chain = { core: [], pop: ['core'], radio: ['pop'], village: ['radio'] };
    const told: string[] = [];

    for (let startMs = 0; startMs < 5_500; startMs += 250) {
      const network = await watching(chain);
      await network.time.advance(startMs);
      network.silence('pop', 'radio', 'village');
      await network.time.advance(15_000);
      told.push(stateOf(network, 'core', 'pop', 'radio', 'village').join());
      for (const { at, detectedAt } of network.changes) expect(detectedAt - at).toBeLessThan(13_600);
    }

    expect(new Set(told)).toEqual(new Set(['up,down,unknown,unknown']));
  });

  test('that begins with packets lost by chance while the trunk still answers is the trunk all the same', async () => {
    const told: string[] = [];

    for (let beforeMs = 200; beforeMs <= 1_600; beforeMs += 100) {
      const network = await watching({ trunk: [], village: ['trunk'] });
      // From the check on that comes next: nothing of the village, and a little later nothing of the trunk.
      network.silence('village');
      const packets = network.packets();
      while (network.packets() < packets + 2) await network.time.advance(20);
      await network.time.advance(beforeMs);
      network.silence('trunk');
      await network.time.advance(20_000);
      told.push(stateOf(network, 'trunk', 'village').join());
    }

    expect(new Set(told)).toEqual(new Set(['down,unknown']));
  });

  test('waits for a parent that is asked more patiently than its child', async () => {
    const vsat = policyOf(DEFAULT_STATE_POLICY, LINE_POLICIES.vsat.policy);
    const network = await watching(
      { dish: [], village: ['dish'] },
      {
        policyOf: ({ id }) => (id === 'dish' ? vsat : DEFAULT_STATE_POLICY),
        patienceOf: ({ id }) => (id === 'dish' ? 1_800 : 1_350),
        roundTripMs: ({ id }) => (id === 'dish' ? 650 : 660),
      },
    );

    network.silence('dish', 'village');
    await network.time.advance(15_000);

    expect(stateOf(network, 'dish', 'village')).toEqual(['down', 'unknown']);
    const [fall] = network.changesOf('village');
    expect((fall?.detectedAt ?? 0) - (fall?.at ?? 0)).toBeLessThan(13_600);
  });

  test('is said within 15 s also where nobody can tell how the parent does', async () => {
    const network = await watching({ trunk: [], village: ['trunk'] }, { patienceOf: endlessFor('trunk') });

    network.silence('trunk', 'village');
    await network.time.advance(20_000);

    const [fall] = network.changesOf('village');
    expect(fall?.to).toBe('down');
    expect((fall?.detectedAt ?? 0) - (fall?.at ?? 0)).toBeLessThanOrEqual(13_600);
  });

  test('that was the device own stays its own when the parents follow', async () => {
    const network = await watching({ trunk: [], village: ['trunk'] });
    network.silence('village');
    await network.time.advance(15_000);

    network.silence('trunk');
    await network.time.advance(60_000);

    expect(told(network)).toEqual([
      ['village', 'down', 'timeout', 'open'],
      ['trunk', 'down', 'timeout', 'open'],
    ]);
  });

  test('counts against nobody while the collector cannot see', async () => {
    const network = await watching({ trunk: [], village: ['trunk'] });

    network.setSight(false);
    network.silence('trunk', 'village');
    await network.time.advance(60_000);

    expect(network.changes).toEqual([]);
  });

  test('that was waiting for its parents when the device is heard is none', async () => {
    const network = await watching({ trunk: [], village: ['trunk'] }, { patienceOf: endlessFor('trunk') });
    network.silence('trunk', 'village');
    const lastSeenAt = network.evaluator.takeTouches().find(({ deviceId }) => deviceId === 'village')?.lastSeenAt ?? 0;
    await network.time.advance(lastSeenAt + 11_000 - network.time.clock());

    const at = network.time.clock();
    const village = watchedDevice('village', { parentIds: ['trunk'] });
    await network.evaluator.observe(village, { kind: 'answered', at, roundTripMs: null, lossPercent: 0 }, at);
    network.answer('village');
    await network.time.advance(20_000);

    expect(network.changesOf('village')).toEqual([]);
  });
});

describe('two ways', () => {
  const RING = { core: [], east: ['core'], west: ['core'], town: ['east', 'west'] };

  test('one of which is cut make a device degraded, and up again when it is mended', async () => {
    const network = await watching(RING);

    network.silence('east');
    await network.time.advance(20_000);
    network.answer('east');
    await network.time.advance(20_000);

    expect(network.changesOf('town').map(({ to, reason, outage }) => [to, reason, outage])).toEqual([
      ['degraded', 'one-path', null],
      ['up', null, null],
    ]);
  });

  test('that are both cut, one after the other, cut it off', async () => {
    const network = await watching(RING);

    network.silence('east');
    await network.time.advance(20_000);
    network.silence('west', 'town');
    await network.time.advance(15_000);

    expect(stateOf(network, 'core', 'east', 'west', 'town')).toEqual(['up', 'down', 'down', 'unknown']);
    expect(network.changesOf('town').at(-1)).toMatchObject({ reason: 'parent-down', outage: 'open' });
  });

  test('of which one holds leave a silence to the device itself', async () => {
    const network = await watching(RING);

    network.silence('east', 'town');
    await network.time.advance(15_000);

    expect(network.changesOf('town').map(({ to }) => to)).toContain('down');
    expect(network.changesOf('town').map(({ to }) => to)).not.toContain('unknown');
  });

  test('one of which is not watched are one way', async () => {
    const network = await watching({ east: [], town: ['east', 'elsewhere'] });

    network.silence('east', 'town');
    await network.time.advance(15_000);

    expect(stateOf(network, 'town')).toEqual(['unknown']);
  });
});

describe('a return', () => {
  const VILLAGES = Array.from({ length: 50 }, (_, at) => `village-${at}`);
  const TREE = { trunk: [], ...Object.fromEntries(VILLAGES.map((id) => [id, ['trunk']])) };

  test('of a trunk has all behind it checked before anything is said of the trunk', async () => {
    const network = await watching(TREE);
    network.silence('trunk', ...VILLAGES);
    await network.time.advance(30_000);
    network.changes.length = 0;

    network.answer('trunk', ...VILLAGES);
    await network.time.advance(15_000);

    expect(network.changes.map(({ deviceId }) => deviceId).at(-1)).toBe('trunk');
    expect(network.changes).toHaveLength(1 + VILLAGES.length);
    expect(network.changes.every(({ to, outage }) => to === 'up' && outage === 'close')).toBe(true);
  });

  test('gives those behind it time to be found again, and then judges them from their first silence', async () => {
    const network = await watching(TREE);
    const [late = '', gone = '', ...others] = VILLAGES;
    network.silence('trunk', ...VILLAGES);
    await network.time.advance(30_000);
    const backAt = network.time.clock();
    network.changes.length = 0;
    network.answer('trunk', ...others);

    await network.time.advance(12_000);
    network.answer(late);
    await network.time.advance(40_000);

    expect(network.changesOf(late)).toMatchObject([{ to: 'up', outage: 'close' }]);
    expect(network.changesOf(gone)).toMatchObject([{ from: 'unknown', to: 'down', outage: 'own' }]);
    expect(network.changesOf(gone)[0]?.at).toBeGreaterThan(backAt + 19_000);
    expect(network.changesOf(gone)[0]?.at).toBeLessThan(backAt + 33_000);
  });

  test('of a device behind a parent that stays down is a return all the same', async () => {
    const network = await watching({ trunk: [], village: ['trunk'] });
    network.silence('trunk', 'village');
    await network.time.advance(20_000);

    network.answer('village');
    await network.time.advance(12_000);

    expect(stateOf(network, 'trunk', 'village')).toEqual(['down', 'up']);
  });
});

describe('measuring', () => {
  test('goes on while a device is cut off, with one packet a check, and shows it as not reached', async () => {
    const network = await watching({ trunk: [], village: ['trunk'] });
    network.silence('trunk', 'village');
    await network.time.advance(15_000);
    const before = network.packets();

    await network.time.advance(110_000);

    expect(network.packets() - before).toBeLessThanOrEqual(2 * 21);
    expect(network.packets() - before).toBeGreaterThanOrEqual(2 * 19);
    const reached = network.samples.filter(
      ({ deviceId, metric }) => deviceId === 'village' && metric === 'reachability.up',
    );
    expect(reached.length).toBeGreaterThan(2);
    expect(reached.slice(-3).map(({ value }) => value)).toEqual([0, 0, 0]);
  });

  test('of what answers costs one packet a check', async () => {
    const network = await watching({ trunk: [], village: ['trunk'] });
    const before = network.packets();

    await network.time.advance(55_000);

    expect(network.packets() - before).toBe(20);
  });
});
