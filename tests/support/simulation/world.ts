import { SECOND } from '../../../core/domain/clock.ts';
import type { Interval } from '../../../core/domain/intervals.ts';
import type { HandClock } from '../hand-clock.ts';
import { CENTRE, type Plan, type PlannedDevice } from './plan.ts';

/** From power to the first answer. */
export const BOOT_MS = 40 * SECOND;

type Condition = {
  readonly device: PlannedDevice;
  /** Since when its power lasts. */
  startedAt: number;
  answersFrom: number;
  /** Share of packets that are lost on the way, 0 to 1. */
  loss: number;
  /** What its receiver hears, dBm. */
  signal: number | null;
  isReachable: boolean;
};

/** What is really so: power, lines, devices, loss. Nobody under test sees more of it than packets would tell. */
export type World = ReturnType<typeof createWorld>;

export function createWorld(plan: Plan, time: HandClock, random: () => number) {
  const conditions = new Map<string, Condition>();
  const wires = new Map<string, Set<string>>();
  const cuts = new Set<string>();
  const off = new Set<string>();
  const dark = new Set<string>();
  const truth = new Map<string, { from: number; to: number | null }[]>();
  const blindness: { from: number; to: number | null }[] = [];
  const startedAt = time.clock();

  const wireOf = (a: string, b: string): string => [a, b].sort().join('–');
  const lay = (a: string, b: string): void => {
    wires.set(a, (wires.get(a) ?? new Set()).add(b));
    wires.set(b, (wires.get(b) ?? new Set()).add(a));
  };
  for (const device of plan.devices) {
    const { name, parents = [], wires: own } = device;
    conditions.set(name, {
      device,
      startedAt: startedAt - 86_400 * SECOND,
      answersFrom: startedAt,
      loss: 0,
      signal: null,
      isReachable: true,
    });
    truth.set(name, []);
    for (const other of own ?? (parents.length === 0 ? [CENTRE] : parents)) lay(name, other);
  }

  function conditionOf(name: string): Condition {
    const known = conditions.get(name);
    if (known === undefined) throw new Error(`there is no device ${name}`);
    return known;
  }
  const hasPower = ({ device: { name, feeder } }: Condition): boolean => !off.has(name) && !dark.has(feeder ?? '');
  const lives = (one: Condition): boolean => hasPower(one) && time.clock() >= one.answersFrom;

  /** Finds anew who can be reached, and keeps when that changed. */
  function look(): void {
    const reached = new Set([CENTRE]);
    const queue = [CENTRE];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const next of wires.get(at) ?? []) {
        if (reached.has(next) || cuts.has(wireOf(at, next)) || !lives(conditionOf(next))) continue;
        reached.add(next);
        queue.push(next);
      }
    }
    const now = time.clock();
    for (const [name, one] of conditions) {
      const isReachable = reached.has(name);
      if (isReachable === one.isReachable) continue;
      one.isReachable = isReachable;
      const gone = truth.get(name);
      const last = gone?.at(-1);
      if (!isReachable) gone?.push({ from: now, to: null });
      else if (last !== undefined) last.to = now;
    }
  }

  /** Whoever gets its power back starts anew. */
  function start(names: readonly string[], had: ReadonlySet<string>): void {
    const now = time.clock();
    const started = names.filter((name) => !had.has(name) && hasPower(conditionOf(name)));
    for (const name of started) Object.assign(conditionOf(name), { startedAt: now, answersFrom: now + BOOT_MS });
    if (started.length > 0) time.after(BOOT_MS, look);
    look();
  }
  const powered = (): ReadonlySet<string> =>
    new Set([...conditions].filter(([, one]) => hasPower(one)).map(([name]) => name));
  const changePower = (change: () => unknown): void => {
    const had = powered();
    change();
    start([...conditions.keys()], had);
  };
  const closed = (stretches: readonly { from: number; to: number | null }[], until: number): readonly Interval[] =>
    stretches.map(({ from, to }) => ({ from, to: Math.min(to ?? until, until) })).filter(({ from, to }) => to > from);

  return {
    names: [...conditions.keys()],
    switchOff: (name: string) => changePower(() => off.add(name)),
    switchOn: (name: string) => changePower(() => off.delete(name)),
    powerOff: (feeder: string) => changePower(() => dark.add(feeder)),
    powerOn: (feeder: string) => changePower(() => dark.delete(feeder)),
    cut(a: string, b: string = CENTRE) {
      cuts.add(wireOf(a, b));
      look();
    },
    join(a: string, b: string = CENTRE) {
      cuts.delete(wireOf(a, b));
      look();
    },
    lose(name: string, share: number) {
      conditionOf(name).loss = share;
    },
    tune(name: string, dBm: number | null) {
      conditionOf(name).signal = dBm;
    },
    /** The collector's own way out. */
    cover() {
      if (blindness.at(-1)?.to !== null) blindness.push({ from: time.clock(), to: null });
    },
    uncover() {
      const last = blindness.at(-1);
      if (last?.to === null) last.to = time.clock();
    },
    isCovered: (): boolean => blindness.at(-1)?.to === null,

    /** Whether a packet that leaves now comes back. */
    answers(name: string): boolean {
      const { isReachable, loss } = conditionOf(name);
      return blindness.at(-1)?.to !== null && isReachable && !(loss > 0 && random() < loss);
    },
    uptimeS: (name: string): number => Math.floor((time.clock() - conditionOf(name).startedAt) / SECOND),
    hasMains: (name: string): boolean => !dark.has(conditionOf(name).device.tellsOf ?? ''),
    signal: (name: string): number | null => conditionOf(name).signal,

    /** When a device could not be reached, whatever the reason. */
    goneTimes: (name: string): readonly Interval[] => closed(truth.get(name) ?? [], time.clock()),
    coveredTimes: (): readonly Interval[] => closed(blindness, time.clock()),
  };
}
