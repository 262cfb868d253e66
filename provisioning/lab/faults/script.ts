import { DAY, HOUR, MINUTE, SECOND } from '../../../core/domain/clock.ts';
import { randomStream, seedOf } from '../model/noise.ts';
import type { LabNetwork } from '../network-builder.ts';
import { FAULT_KINDS, type Fault, type FaultKind, faultAt, targetsOf } from './fault.ts';

/** How often a kind strikes in thirty days of the past, over the whole province, and how long it lasts. */
const PAST: Readonly<Record<FaultKind, { readonly perMonth: number; readonly minutes: readonly [number, number] }>> = {
  'power-cut': { perMonth: 62, minutes: [14, 330] },
  'site-off': { perMonth: 58, minutes: [8, 190] },
  reboot: { perMonth: 44, minutes: [0.75, 1.6] },
  'slow-agent': { perMonth: 22, minutes: [12, 95] },
  'radio-flap': { perMonth: 9, minutes: [4, 14] },
  'fibre-cut': { perMonth: 2, minutes: [55, 260] },
};

/** Peace that a device has between two faults: long enough that each is one of its own. */
const PEACE_MS = 5 * MINUTE;

/**
 * The faults of the past, in order of time, all of them over before `to`. The same seed, network and range always give
 * the same. Some villages and sites have a worse month than others.
 */
export function pastFaults(network: LabNetwork, from: number, to: number): readonly Fault[] {
  const busy = new Map<string, [from: number, to: number][]>();
  const faults: Fault[] = [];
  // What takes most devices is drawn first, so that lesser faults make way.
  for (const kind of ['fibre-cut', 'power-cut', 'radio-flap', 'site-off', 'slow-agent', 'reboot'] as const) {
    const random = randomStream(seedOf(network.seed, 'past', kind, Math.floor(from / DAY)));
    const { perMonth, minutes } = PAST[kind];
    const targets = targetsOf(network, kind);
    const count = Math.round((perMonth * (to - from)) / (30 * DAY));
    for (let drawn = 0; drawn < count; drawn++) {
      // Squaring draws the first targets of the (shuffled) list more often; cubing makes long faults rare.
      const target = targets[Math.floor(shuffled(random() ** 1.6, targets.length, network.seed))];
      const durationMs = (minutes[0] + (minutes[1] - minutes[0]) * random() ** 3) * MINUTE;
      const start = Math.round(from + random() * (to - from - durationMs - HOUR));
      if (target === undefined || start <= from) continue;
      const fault = faultAt(kind, target, start, Math.round(durationMs), random);
      const isFree = target.deviceCodes.every((code) =>
        (busy.get(code) ?? []).every(([a, b]) => fault.to + PEACE_MS < a || fault.from > b + PEACE_MS),
      );
      if (!isFree) continue;
      for (const code of target.deviceCodes) {
        const spans = busy.get(code) ?? [];
        spans.push([fault.from, fault.to]);
        busy.set(code, spans);
      }
      faults.push(fault);
    }
  }
  return faults.sort((a, b) => a.from - b.from);
}

/** A position in a list, spread by a step that has no factor in common with most lengths. */
const shuffled = (share: number, length: number, seed: number): number =>
  (Math.floor(share * length) * 29 + (seed % 97)) % Math.max(1, length);

const LIVE_SECONDS: Readonly<Record<FaultKind, readonly [number, number]>> = {
  'power-cut': [95, 150],
  'fibre-cut': [100, 170],
  'radio-flap': [110, 170],
  'slow-agent': [110, 170],
  reboot: [45, 65],
  'site-off': [80, 130],
};
/** The first fault waits until a visitor has seen the province whole. */
const FIRST_AFTER_MS = 100 * SECOND;
const PAUSE_SECONDS = [55, 120] as const;

/**
 * The faults of a running lab, one after another and never two at once, so that at most two hotspots (or the agencies
 * of one branch) are struck. Endless; ask for as many as are needed.
 */
export function* liveFaults(network: LabNetwork, startedAt: number): Generator<Fault, never> {
  const random = randomStream(seedOf(network.seed, 'live', Math.floor(startedAt / SECOND)));
  let at = startedAt + FIRST_AFTER_MS;
  for (;;) {
    for (const kind of shuffle(FAULT_KINDS, random)) {
      const targets = targetsOf(network, kind);
      const target = targets[Math.floor(random() * targets.length)];
      if (target === undefined) continue;
      const [least, most] = LIVE_SECONDS[kind];
      const fault = faultAt(
        kind,
        target,
        Math.round(at),
        Math.round((least + (most - least) * random()) * SECOND),
        random,
      );
      yield fault;
      at = fault.to + (PAUSE_SECONDS[0] + (PAUSE_SECONDS[1] - PAUSE_SECONDS[0]) * random()) * SECOND;
    }
  }
}

function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
