import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { SETTLE_MS } from '../../../core/domain/incident.ts';
import { type GroupedOutage, groupOutages, isSegment, type Network } from '../../../core/domain/incident-grouping.ts';

const T0 = Date.UTC(2026, 10, 21, 5);
const NOW = T0 + 20 * SECOND;

/** Children with the parents they hang on; each device stands at a site of its name. */
const networkOf = (parents: Readonly<Record<string, readonly string[]>>): Network => ({
  parentsOf: (id) => parents[id] ?? [],
  sitesBehind: (id) => Object.values(parents).filter((of) => of.includes(id)).length,
});
const outage = (deviceId: string, more: Partial<GroupedOutage> = {}): GroupedOutage => {
  const startedAt = more.startedAt ?? T0;
  return {
    id: `o-${deviceId}`,
    deviceId,
    siteId: deviceId,
    regionCode: '16.03',
    startedAt,
    detectedAt: startedAt + 12 * SECOND,
    endedAt: null,
    incidentId: null,
    isPinned: false,
    ...more,
  };
};
const shapeOf = (outages: readonly GroupedOutage[], network: Network, now = NOW) =>
  groupOutages(outages, network, now)
    .map((group) => ({
      devices: group.outages.map(({ deviceId }) => deviceId).sort(),
      root: `${group.root.kind} ${group.root.deviceId}`,
      incidentIds: group.incidentIds,
    }))
    .sort((a, b) => (a.devices.join() < b.devices.join() ? -1 : 1));
/** A fixed shuffle, so that a failure can be played again. */
const shuffled = <T>(items: readonly T[], seed: number): T[] =>
  items
    .map((item, index) => ({ item, key: Math.imul(index + seed, 2_654_435_761) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

const CHAIN = { trunk: ['core'], pop: ['trunk'], ap: ['pop'] };

describe('what hangs on something that is down', () => {
  test('is one incident with it, down a chain, whose root is the topmost', () => {
    const groups = shapeOf([outage('ap'), outage('pop'), outage('trunk')], networkOf(CHAIN));

    expect(groups).toEqual([{ devices: ['ap', 'pop', 'trunk'], root: 'device trunk', incidentIds: [] }]);
  });

  test('belongs to it over a device between that has no outage of its own', () => {
    const groups = shapeOf([outage('ap'), outage('trunk')], networkOf(CHAIN));

    expect(groups).toMatchObject([{ devices: ['ap', 'trunk'], root: 'device trunk' }]);
  });

  test('was down long before it by itself, and stays apart', () => {
    const groups = shapeOf([outage('ap', { startedAt: T0 - HOUR }), outage('pop')], networkOf(CHAIN));

    expect(groups.map(({ root }) => root)).toEqual(['device ap', 'device pop']);
  });

  test('fell after it was back, and stays apart', () => {
    const pop = outage('pop', { startedAt: T0 - HOUR, endedAt: T0 - MINUTE });

    const groups = shapeOf([outage('ap'), pop], networkOf(CHAIN));

    expect(groups).toHaveLength(2);
  });

  test.each([1, 2, 3, 4, 5])('a trunk with 200 children is one incident, in whatever order they come (%i)', (seed) => {
    const children = Array.from({ length: 200 }, (_, index) => `c${index}`);
    const network = networkOf(Object.fromEntries(children.map((id) => [id, ['trunk']])));
    const all = children.map((id, index) => outage(id, { startedAt: T0 - (index % 7) * SECOND }));
    const outages = shuffled([...all, outage('trunk', { startedAt: T0 + 5 * SECOND })], seed);

    const groups = shapeOf(outages, network);

    expect(groups.map(({ root, devices }) => [root, devices.length])).toEqual([['device trunk', 201]]);
  });

  test('children that were seen first keep their oldest incident, whose root the trunk becomes', () => {
    const network = networkOf({ a: ['trunk'], b: ['trunk'], c: ['trunk'] });
    const outages = [
      outage('a', { incidentId: 'i1', startedAt: T0 - SECOND }),
      outage('b', { incidentId: 'i2' }),
      outage('c', { incidentId: 'i3' }),
      outage('trunk', { startedAt: T0 + 4 * SECOND }),
    ];

    const groups = shapeOf(outages, network);

    expect(groups).toEqual([
      { devices: ['a', 'b', 'c', 'trunk'], root: 'device trunk', incidentIds: ['i1', 'i2', 'i3'] },
    ]);
  });
});

describe('rings and two uplinks', () => {
  const ring = { east: ['core'], west: ['core'], far: ['east', 'west'], village: ['far'] };

  test('one of two ways cut explains nothing: what falls then has a cause of its own', () => {
    const groups = shapeOf([outage('east'), outage('village')], networkOf(ring));

    expect(groups.map(({ root }) => root)).toEqual(['device east', 'device village']);
  });

  test('with both ways cut it belongs to the cut that came last', () => {
    const outages = [
      outage('east', { startedAt: T0 - HOUR, incidentId: 'i1' }),
      outage('west'),
      outage('far'),
      outage('village'),
    ];

    const groups = shapeOf(outages, networkOf(ring));

    expect(groups).toMatchObject([
      { devices: ['east'], incidentIds: ['i1'] },
      { devices: ['far', 'village', 'west'], root: 'device west', incidentIds: [] },
    ]);
  });

  test('both ways down for one cause are one incident', () => {
    const groups = shapeOf(
      ['core', 'east', 'west', 'far', 'village'].map((id) => outage(id)),
      networkOf(ring),
    );

    expect(groups).toMatchObject([{ root: 'device core' }]);
  });

  test('a ring of parents in old data ends the search', () => {
    const groups = shapeOf([outage('a'), outage('b'), outage('c')], networkOf({ a: ['b'], b: ['c'], c: ['a'] }));

    expect(groups.flatMap(({ devices }) => devices).sort()).toEqual(['a', 'b', 'c']);
  });
});

describe('what falls together', () => {
  const behind = (count: number) =>
    networkOf(Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, ['pop']])));

  test('several sites behind a device that is up, within a minute, are one incident of that stretch', () => {
    const outages = [0, 1, 2, 3].map((index) => outage(`s${index}`, { startedAt: T0 + index * 15 * SECOND }));

    const groups = shapeOf(outages, behind(6));

    expect(groups).toMatchObject([{ root: 'segment pop', devices: ['s0', 's1', 's2', 's3'] }]);
  });

  test('more than a minute apart they are not', () => {
    const outages = [outage('s0'), outage('s1', { startedAt: T0 + 61 * SECOND })];

    expect(shapeOf(outages, behind(3))).toHaveLength(2);
  });

  test('a few of thousands behind the core are chance', () => {
    expect(shapeOf([outage('s0'), outage('s1'), outage('s2')], behind(500))).toHaveLength(3);
    expect([isSegment(2, 6), isSegment(2, 7), isSegment(5, 50), isSegment(5, 51), isSegment(1, 1)]).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });

  test('two hotspots of a village within minutes are one incident of that place', () => {
    const village = { regionCode: '16.03.11.2009' };
    const outages = [outage('office', village), outage('public', { ...village, startedAt: T0 + 2 * MINUTE })];

    const groups = shapeOf(outages, networkOf({ office: ['x'], public: ['y'] }));

    expect(groups).toMatchObject([{ root: 'place office', devices: ['office', 'public'] }]);
  });

  test('neighbours in a larger region share nothing by that alone', () => {
    expect(shapeOf([outage('a'), outage('b')], networkOf({}))).toHaveLength(2);
  });
});

describe('a ring', () => {
  const ring = networkOf({ a: ['east', 'west'], b: ['east', 'west'], c: ['east', 'west'] });

  test('that was cut at one end before lies behind the end that was left', () => {
    const groups = shapeOf(
      [outage('east', { startedAt: T0 - HOUR }), outage('a'), outage('b', { startedAt: T0 - 3 * SECOND })],
      ring,
    );

    expect(groups).toMatchObject([
      { devices: ['a', 'b'], root: 'segment west' },
      { devices: ['east'], root: 'device east' },
    ]);
  });

  test('that is cut twice at once is one trouble', () => {
    expect(shapeOf([outage('a'), outage('b')], ring)).toMatchObject([{ devices: ['a', 'b'], root: 'segment east' }]);
  });

  test('whose ends fall one after the other is cut off by the last', () => {
    const ends = [outage('east', { startedAt: T0 - HOUR }), outage('west')];

    expect(shapeOf([...ends, outage('a'), outage('b'), outage('c')], ring)).toMatchObject([
      { devices: ['a', 'b', 'c', 'west'], root: 'device west' },
      { devices: ['east'] },
    ]);
  });
});

describe('what goes on when the root is back', () => {
  const network = networkOf({ a: ['trunk'], b: ['trunk'] });
  const endedAt = T0 + 10 * MINUTE;
  const outages = [
    outage('trunk', { incidentId: 'i1', endedAt }),
    outage('a', { incidentId: 'i1', endedAt }),
    outage('b', { incidentId: 'i1', startedAt: T0 + SECOND }),
  ];

  test('a child that is still down waits with its incident for a while', () => {
    const groups = shapeOf(outages, network, endedAt + SETTLE_MS);

    expect(groups).toMatchObject([{ devices: ['a', 'b', 'trunk'], incidentIds: ['i1'], root: 'device trunk' }]);
  });

  test('and then it is a trouble of its own', () => {
    const groups = shapeOf(outages, network, endedAt + SETTLE_MS + 1);

    expect(groups).toMatchObject([
      { devices: ['a', 'trunk'], incidentIds: ['i1'] },
      { devices: ['b'], incidentIds: [], root: 'device b' },
    ]);
  });

  test('a device that falls again while its incident stands is the same trouble', () => {
    const again = outage('trunk', { id: 'again', startedAt: endedAt + 2 * MINUTE });

    const groups = shapeOf([...outages, again], network, endedAt + 3 * MINUTE);

    expect(groups).toMatchObject([{ incidentIds: ['i1'], devices: ['a', 'b', 'trunk', 'trunk'] }]);
  });

  test('a device that just came back by itself and falls with its trunk is the trouble of the trunk', () => {
    const own = outage('a', { id: 'own', incidentId: 'i1', startedAt: T0 - HOUR, endedAt: T0 - 20 * SECOND });

    const groups = shapeOf([own, outage('trunk'), outage('a'), outage('b')], network);

    expect(groups).toMatchObject([
      { devices: ['a'], incidentIds: ['i1'], root: 'device a' },
      { devices: ['a', 'b', 'trunk'], incidentIds: [], root: 'device trunk' },
    ]);
  });

  test('after a longer pause without an incident it is another', () => {
    const before = outage('a', { id: 'before', startedAt: T0 - HOUR, endedAt: T0 - HOUR / 2 });

    expect(shapeOf([before, outage('a')], networkOf({}))).toHaveLength(2);
  });
});

describe('what people put together', () => {
  const network = networkOf({ a: ['trunk'], b: ['trunk'] });

  test('stays apart, though the network says otherwise', () => {
    const outages = [
      outage('trunk', { incidentId: 'i1', isPinned: true }),
      outage('a', { incidentId: 'i1', isPinned: true }),
      outage('b', { incidentId: 'i2', isPinned: true }),
    ];

    const groups = shapeOf(outages, network);

    expect(groups).toMatchObject([
      { devices: ['a', 'trunk'], incidentIds: ['i1'] },
      { devices: ['b'], incidentIds: ['i2'] },
    ]);
  });

  test('stays together, though nothing else does', () => {
    const outages = [
      outage('x', { incidentId: 'i1', isPinned: true, startedAt: T0 - HOUR }),
      outage('y', { incidentId: 'i1', isPinned: true }),
    ];

    expect(shapeOf(outages, networkOf({}))).toMatchObject([{ devices: ['x', 'y'], incidentIds: ['i1'] }]);
  });

  test('takes in what falls behind it later', () => {
    const outages = [outage('trunk', { incidentId: 'i1', isPinned: true }), outage('a')];

    expect(shapeOf(outages, network)).toMatchObject([{ devices: ['a', 'trunk'], incidentIds: ['i1'] }]);
  });
});

test('asked again with what it said itself, it says the same', () => {
  const parents = Object.fromEntries(
    Array.from({ length: 300 }, (_, n) => [`d${n}`, n === 0 ? [] : [`d${(n - 1) >> 2}`]]),
  );
  const network = networkOf(parents);
  for (let seed = 1; seed <= 20; seed++) {
    const outages = shuffled(Object.keys(parents), seed)
      .slice(0, 60)
      .map((id, index) => outage(id, { startedAt: T0 + ((index * 7_919 * seed) % 600) * SECOND }));
    const first = groupOutages(outages, network, NOW);
    const placed = first.flatMap((group, index) => group.outages.map((one) => ({ ...one, incidentId: `i${index}` })));

    const again = groupOutages(shuffled(placed, seed + 1), network, NOW);

    expect(again).toHaveLength(first.length);
    for (const group of again) expect(new Set(group.outages.map(({ incidentId }) => incidentId)).size).toBe(1);
  }
});
