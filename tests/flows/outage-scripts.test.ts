import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import { availabilityOf } from '../../core/services/availability.ts';
import { hotspot, node, type Plan, planOf } from '../support/simulation/plan.ts';
import { openStage, RECIPIENTS, type Simulation, type Stage, simulate } from '../support/simulation/simulation.ts';
import { DETECTION_MS, disagreements, distinct, toldWrongly } from '../support/simulation/truth.ts';
import { BOOT_MS, type World } from '../support/simulation/world.ts';

/** What happens in the world, by minutes since the beginning. */
type Script = {
  readonly plan: Plan;
  readonly steps: readonly (readonly [atMin: number, happen: (world: World) => void])[];
  readonly endsMin: number;
  /** Moments at which Simpul dies, in the one play in which it does. */
  readonly deathsMin: readonly number[];
};

/** So soon it is started again. */
const PAUSE_MS = 4 * SECOND;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  await stage.close();
});

async function play(
  { plan, steps, endsMin, deathsMin }: Script,
  dies: boolean,
  prepare = (_: Simulation) => {},
): Promise<Simulation> {
  const sim = await simulate(stage, plan);
  prepare(sim);
  type Event = { readonly at: number; readonly happen: () => void | Promise<void> };
  const events: Event[] = steps.map(([atMin, happen]) => ({ at: atMin * MINUTE, happen: () => happen(sim.world) }));
  for (const atMin of dies ? deathsMin : []) {
    events.push({ at: atMin * MINUTE, happen: () => sim.simpul().kill() });
    events.push({ at: atMin * MINUTE + PAUSE_MS, happen: () => sim.start() });
  }
  for (const { at, happen } of events.toSorted((a, b) => a.at - b.at)) {
    await sim.run(sim.startedAt + at - sim.time.clock());
    await happen();
  }
  await sim.run(sim.startedAt + endsMin * MINUTE - sim.time.clock());
  sim.simpul().kill();
  return sim;
}

/** Incidents by what they hang on, their cause and what fell in them. */
async function incidentsOf(sim: Simulation): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { id, rootKind, root, regionCode, cause, closedAt } of await sim.incidents()) {
    const { items } = await sim.inventory.outages.list({ incidentId: id, pageSize: 500 });
    const names = [...new Set(items.map(({ deviceName }) => deviceName))].sort();
    const fallen = names.length > 6 ? `${names.length} devices` : names.join(' ');
    const what = rootKind === 'place' ? regionCode : root?.deviceName;
    found.push(`${rootKind} ${what}, ${cause}: ${fallen}${closedAt === null ? ', still open' : ''}`);
  }
  return found;
}

const secondsOf = async (sim: Simulation, name: string) =>
  (
    await availabilityOf(
      sim.inventory,
      { kind: 'device', id: sim.idOf(name) },
      { from: sim.startedAt, to: sim.time.clock(), asOf: sim.time.clock() },
    )
  ).seconds;

/** What holds of every play: true times, and one message down and one up for each incident and recipient. */
async function expectTruth(sim: Simulation, incidents: number): Promise<void> {
  expect(await disagreements(sim)).toEqual([]);
  expect(await toldWrongly(sim)).toEqual([]);
  expect(distinct(sim.heard())).toHaveLength(2 * incidents * RECIPIENTS.length);
}
const near = (
  seconds: number,
  times = 1,
): { readonly seconds: number; readonly asymmetricMatch: (actual: unknown) => boolean } => ({
  seconds,
  asymmetricMatch: (actual) =>
    typeof actual === 'number' && Math.abs(actual - seconds) <= (times * DETECTION_MS) / SECOND,
});
const bootMin = BOOT_MS / MINUTE;

const village = (number: number, more: Parameters<typeof hotspot>[2]): Plan =>
  planOf(hotspot(number, 'village-office', more), hotspot(number, 'village-public', more));
const behindTrunk = { parents: ['trunk'], isPolled: true };

describe.each([
  ['undisturbed', false],
  ['with restarts in the middle', true],
])('played %s', (_, dies) => {
  test('one hotspot off is one incident of its own', async () => {
    const script: Script = {
      plan: planOf(node('trunk', [], { isPolled: true }), village(1, behindTrunk), village(2, behindTrunk)),
      steps: [
        [2, (world) => world.switchOff('office-1')],
        [6, (world) => world.switchOn('office-1')],
      ],
      endsMin: 9.5,
      deathsMin: [2.12, 4, 6.75, 7.1],
    };

    const sim = await play(script, dies);

    expect(await incidentsOf(sim)).toEqual(['device office-1, power: office-1']);
    await expectTruth(sim, 1);
    expect(await secondsOf(sim, 'office-1')).toMatchObject({
      down: near((4 + bootMin) * 60),
      unknown: near(0),
      cutOff: 0,
    });
    expect(await secondsOf(sim, 'public-1')).toMatchObject({ down: 0 });
  });

  test('both hotspots of a village off are one incident of the place', async () => {
    const script: Script = {
      plan: planOf(node('trunk', [], { isPolled: true }), village(1, behindTrunk), village(2, behindTrunk)),
      steps: [
        [2, (world) => world.switchOff('office-1')],
        [2.2, (world) => world.switchOff('public-1')],
        [6, (world) => world.switchOn('public-1')],
        [6.5, (world) => world.switchOn('office-1')],
      ],
      endsMin: 10,
      deathsMin: [2.2, 2.35, 6.9, 7.3],
    };

    const sim = await play(script, dies);

    expect(await incidentsOf(sim)).toEqual(['place 16.03.11.2001, power: office-1 public-1']);
    await expectTruth(sim, 1);
    const seconds = await availabilityOf(
      sim.inventory,
      { kind: 'village', id: '16.03.11.2001' },
      { from: sim.startedAt, to: sim.time.clock(), asOf: sim.time.clock() },
    );
    expect(seconds.seconds).toMatchObject({ down: near((3.8 + bootMin) * 60, dies ? 2 : 1) });
  });

  test('a trunk with 200 children, cut and mended, is one incident', async () => {
    const children = Array.from({ length: 200 }, (_, n) => hotspot(n, 'village-office', { parents: ['trunk'] }));
    const script: Script = {
      plan: planOf(node('trunk', [], { isPolled: true }), ...children),
      steps: [
        [2, (world) => world.cut('trunk')],
        [5, (world) => world.join('trunk')],
      ],
      endsMin: 8,
      deathsMin: [2.1, 2.2, 3.5, 5.1, 5.4],
    };

    const sim = await play(script, dies);

    expect(await incidentsOf(sim)).toEqual(['device trunk, uplink: 201 devices']);
    await expectTruth(sim, 1);
    expect((await sim.incidents())[0]?.effect).toMatchObject({ devices: 201, villages: 200 });
    expect(await secondsOf(sim, 'trunk')).toMatchObject({ down: near(180) });
    expect(await secondsOf(sim, 'office-7')).toMatchObject({ down: 0, cutOff: near(180) });
  });

  test('a power cut of a village is told by its power box and by uptimes', async () => {
    const onMains = { ...behindTrunk, feeder: 'feeder' };
    const box = {
      name: 'box',
      site: 'office-1',
      kind: 'power-box',
      parents: ['trunk'],
      isPolled: true,
      tellsOf: 'feeder',
    };
    const script: Script = {
      plan: planOf(node('trunk', [], { isPolled: true }), village(1, onMains), village(2, behindTrunk), {
        sites: [],
        devices: [box],
      }),
      steps: [
        [2, (world) => world.powerOff('feeder')],
        [6, (world) => world.powerOn('feeder')],
      ],
      endsMin: 9.5,
      deathsMin: [2.12, 4, 6.75],
    };

    const sim = await play(script, dies);

    expect(await incidentsOf(sim)).toEqual(['place 16.03.11.2001, power: office-1 public-1']);
    await expectTruth(sim, 1);
    const [incident] = await sim.incidents();
    const evidence = await sim.inventory.incidents.evidence(incident?.id ?? '');
    expect(evidence.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['mains-off', 'restarted']));
    expect(incident?.confidence).toBeGreaterThan(0.8);
  });

  describe('a ring', () => {
    const chain = ['east', 'a', 'b', 'c', 'west'];
    const ring = planOf(
      node('core', [], { isPolled: true }),
      node('east', ['core'], { isPolled: true }),
      node('west', ['core'], { isPolled: true }),
      ...[1, 2, 3].map((place) =>
        node(chain[place] ?? '', ['east', 'west'], {
          wires: [chain[place - 1] ?? '', chain[place + 1] ?? ''],
          isPolled: true,
        }),
      ),
    );

    test('cut once takes nobody down behind it, and cut at both ends is cut off by the last', async () => {
      const script: Script = {
        plan: ring,
        steps: [
          [2, (world) => world.cut('east', 'core')],
          [2, (world) => world.cut('east', 'a')],
          [4, (world) => world.cut('west', 'core')],
          [7, (world) => world.join('west', 'core')],
          [8, (world) => world.join('east', 'core')],
          [8, (world) => world.join('east', 'a')],
        ],
        endsMin: 10,
        deathsMin: [2.1, 4.1, 7.05, 7.4],
      };

      const sim = await play(script, dies);

      expect(await incidentsOf(sim)).toEqual(['device east, uplink: east', 'device west, uplink: a b c west']);
      await expectTruth(sim, 2);
      expect(await secondsOf(sim, 'b')).toMatchObject({ down: 0, cutOff: near(180), degraded: near(180) });
    });

    test('cut a second time between two villages is one more incident, of those that lie between the cuts', async () => {
      const script: Script = {
        plan: ring,
        steps: [
          [2, (world) => world.cut('east', 'core')],
          [2, (world) => world.cut('east', 'a')],
          [4, (world) => world.cut('b', 'c')],
          [7, (world) => world.join('b', 'c')],
          [8, (world) => world.join('east', 'core')],
          [8, (world) => world.join('east', 'a')],
        ],
        endsMin: 10,
        deathsMin: [2.1, 4.12, 7.1, 7.4],
      };

      const sim = await play(script, dies);

      expect(await incidentsOf(sim)).toEqual(['device east, uplink: east', 'segment west, shared-segment: a b']);
      await expectTruth(sim, 2);
      expect(await secondsOf(sim, 'a')).toMatchObject({ down: near(180), cutOff: 0 });
      expect(await secondsOf(sim, 'c')).toMatchObject({ down: 0, cutOff: 0, degraded: near(360) });
    });
  });
});

describe('in hours in which Simpul dies again and again', () => {
  test('a radio that flaps is one incident, told up when it is calm', async () => {
    const flaps = Array.from({ length: 8 }, (_, turn): Script['steps'] => [
      [2 + turn * 1.4, (world) => world.cut('radio', 'trunk')],
      [3 + turn * 1.4, (world) => world.join('radio', 'trunk')],
    ]).flat();
    const script: Script = {
      plan: planOf(
        node('trunk', [], { isPolled: true }),
        node('radio', ['trunk'], { kind: 'radio', isPolled: true }),
        hotspot(1, 'village-office', { parents: ['radio'], isPolled: true }),
        village(2, behindTrunk),
      ),
      steps: [[0.1, (world) => world.tune('radio', -78)], ...flaps],
      endsMin: 34,
      deathsMin: [2.1, 4.5, 7.9, 20],
    };
    /** The radio was heard well until an hour ago. */
    const lastDay = (sim: Simulation): void => {
      const [deviceId, metric, instance, kind] = [sim.idOf('radio'), 'wireless.rssi', '1', 'gauge'] as const;
      for (let at = sim.startedAt - 20 * HOUR; at < sim.startedAt - HOUR; at += 10 * MINUTE)
        sim.series.samples.push({ deviceId, metric, instance, kind, at, value: -61 });
    };

    const sim = await play(script, true, lastDay);

    expect(await incidentsOf(sim)).toEqual(['device radio, uplink: office-1 radio']);
    await expectTruth(sim, 1);
    const [incident] = await sim.incidents();
    const timeline = await sim.inventory.incidents.timeline(incident?.id ?? '');
    expect(timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['flapping-started', 'flapping-ended']));
    const evidence = await sim.inventory.incidents.evidence(incident?.id ?? '');
    expect(evidence.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['kept-running', 'signal-fell']));
    expect(await secondsOf(sim, 'radio')).toMatchObject({ down: near(8 * 60, 8) });
  });

  test('a collector that sees nothing for 40 minutes says so, and calls nobody', async () => {
    const script: Script = {
      plan: planOf(
        node('trunk'),
        hotspot(1, 'village-office', { parents: ['trunk'] }),
        hotspot(2, 'village-office', {}),
      ),
      steps: [
        [2, (world) => world.cover()],
        [42, (world) => world.uncover()],
      ],
      endsMin: 43,
      deathsMin: [2.1, 20, 42.05],
    };

    const sim = await play(script, true);

    expect(await incidentsOf(sim)).toEqual([]);
    expect(sim.heard()).toEqual([]);
    expect(await disagreements(sim)).toEqual([]);
    for (const name of sim.world.names) {
      expect(await sim.outagesOf(name)).toEqual([]);
      expect(await secondsOf(sim, name)).toMatchObject({ down: 0, unknown: near(2_400), cutOff: 0 });
    }
  });

  test('a collector cut off from the store for 40 minutes brings what it saw, and pages nobody for the past', async () => {
    const sim = await simulate(
      stage,
      planOf(node('trunk'), hotspot(1, 'village-office', { parents: ['trunk'] }), hotspot(2, 'village-office', {})),
    );
    await sim.run(2 * MINUTE);
    sim.simpul().guard.setAway(true);
    await sim.run(8 * MINUTE);
    sim.world.cut('office-1', 'trunk');
    await sim.run(10 * MINUTE);
    sim.world.join('office-1', 'trunk');
    await sim.run(14 * MINUTE);
    sim.simpul().kill();
    await sim.run(8 * MINUTE);

    await sim.start();
    await sim.run(2 * MINUTE);
    sim.simpul().kill();

    expect(await incidentsOf(sim)).toEqual(['device office-1, unknown: office-1']);
    expect(sim.heard()).toEqual([]);
    expect(await disagreements(sim)).toEqual([]);
    expect(await toldWrongly(sim)).toEqual([]);
    // Of the 8 minutes in which it was dead and the store away, nobody knows.
    expect(await secondsOf(sim, 'office-1')).toMatchObject({ down: near(600), unknown: near(480) });
    expect(await secondsOf(sim, 'office-2')).toMatchObject({ down: 0, unknown: near(480) });
  });
});
