import { MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { hotspot, node, type Plan, planOf } from './plan.ts';
import type { Simulation } from './simulation.ts';
import { BOOT_MS } from './world.ts';

/** Two trunks, six villages on feeders of their own, and a ring between two heads. */
export const SMALL_PROVINCE: Plan = planOf(
  node('core', [], { isPolled: true }),
  node('north', ['core'], { isPolled: true }),
  node('south', ['core']),
  ...[0, 1, 2, 3, 4, 5].flatMap((village) => {
    const device = { parents: [village % 2 === 0 ? 'north' : 'south'], feeder: `feeder-${village}` };
    return [
      hotspot(village, 'village-office', { ...device, isPolled: village === 0 }),
      hotspot(village, 'village-public', device),
    ];
  }),
  node('east', ['core']),
  node('west', ['core']),
  node('ring-1', ['east', 'west'], { wires: ['east', 'ring-2'] }),
  node('ring-2', ['east', 'west'], { wires: ['ring-1', 'west'] }),
);

/** A fault that begins, and what ends it. */
type Fault = { readonly name: string; begin(sim: Simulation): void; end(sim: Simulation): void };

const VILLAGES = [0, 1, 2, 3, 4, 5];
const WIRES = [
  ['north', 'core'],
  ['south', 'core'],
  ['east', 'core'],
  ['west', 'core'],
  ['ring-1', 'ring-2'],
  ['east', 'ring-1'],
] as const;
const FAULTS: readonly Fault[] = [
  ...WIRES.map(([a, b]) => ({
    name: `${a}–${b} cut`,
    begin: ({ world }: Simulation) => world.cut(a, b),
    end: ({ world }: Simulation) => world.join(a, b),
  })),
  ...VILLAGES.map((village) => ({
    name: `feeder-${village} off`,
    begin: ({ world }: Simulation) => world.powerOff(`feeder-${village}`),
    end: ({ world }: Simulation) => world.powerOn(`feeder-${village}`),
  })),
  ...VILLAGES.flatMap((village) =>
    [`office-${village}`, `public-${village}`].map((device) => ({
      name: `${device} off`,
      begin: ({ world }: Simulation) => world.switchOff(device),
      end: ({ world }: Simulation) => world.switchOn(device),
    })),
  ),
  { name: 'collector blind', begin: ({ world }) => world.cover(), end: ({ world }) => world.uncover() },
];

type Mischief = {
  /** What was done and when, for whoever reads a failure. */
  readonly diary: readonly string[];
};

/** Breaks and mends things at random, and Simpul with them, then mends all and lets it come to rest. */
export async function playMischief(sim: Simulation, random: () => number, lastsMs: number): Promise<Mischief> {
  const diary: string[] = [];
  const standing = new Map<Fault, number>();
  const between = (least: number, most: number): number => Math.round(least + random() * (most - least));
  const note = (what: string): void => {
    diary.push(`${((sim.time.clock() - sim.startedAt) / SECOND).toFixed(1)} s: ${what}`);
  };
  let deathAt = sim.time.clock() + between(2 * MINUTE, 8 * MINUTE);
  let birthAt = Number.POSITIVE_INFINITY;
  let faultAt = sim.time.clock() + MINUTE;
  const end = sim.startedAt + lastsMs;
  for (const name of sim.world.names) sim.world.lose(name, 0.03 * random());

  while (sim.time.clock() < end) {
    const next = Math.min(end, deathAt, birthAt, faultAt, ...standing.values());
    await sim.run(Math.max(0, next - sim.time.clock()));
    const now = sim.time.clock();
    for (const [fault, until] of standing) {
      if (until > now) continue;
      standing.delete(fault);
      fault.end(sim);
      note(`${fault.name} mended`);
    }
    if (faultAt <= now) {
      faultAt = now + between(10 * SECOND, 4 * MINUTE);
      const fault = FAULTS[Math.floor(random() * FAULTS.length)];
      if (fault !== undefined && !standing.has(fault)) {
        standing.set(fault, now + between(5 * SECOND, 6 * MINUTE));
        fault.begin(sim);
        note(fault.name);
      }
    }
    if (deathAt <= now) {
      const calls = between(0, 20);
      if (calls === 0) sim.simpul().kill();
      else sim.simpul().killAfter(calls);
      note(calls === 0 ? 'dies' : `dies after ${calls} calls of the store`);
      birthAt = now + between(3 * SECOND, 90 * SECOND);
      deathAt = Number.POSITIVE_INFINITY;
    }
    if (birthAt <= now) {
      sim.simpul().kill();
      await sim.run(SECOND);
      await sim.start();
      note('starts again');
      birthAt = Number.POSITIVE_INFINITY;
      deathAt = sim.time.clock() + between(20 * SECOND, 9 * MINUTE);
    }
  }
  for (const fault of standing.keys()) fault.end(sim);
  if (!sim.simpul().isAlive()) await sim.start();
  note('all is mended');
  await sim.run(BOOT_MS + 7 * MINUTE);
  return { diary };
}
