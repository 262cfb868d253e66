import { DAY } from '../../../core/domain/clock.ts';
import { noise } from '../model/noise.ts';
import type { Cut, DeviceLife } from '../model/traffic.ts';
import type { LabDevice } from '../network-builder.ts';
import type { LabThing } from '../things.ts';
import type { Fault } from './fault.ts';

/** Cuts that a life remembers; an older one is forgotten, and its share of traffic appears in the counter. */
const MAX_CUTS = 32;

/** A life that begins some days or weeks before `from`, told by the device's seed. */
export const lifeBefore = (device: LabDevice | LabThing, from: number): DeviceLife => ({
  bootAt: Math.round(from - (0.5 + 20 * noise('load' in device ? device.load.seed : device.seed, 77)) * DAY),
  cuts: [],
});

export const restarted = (at: number): DeviceLife => ({ bootAt: at, cuts: [] });

export const cutFrom = (life: DeviceLife, from: number): DeviceLife => ({
  ...life,
  cuts: [...life.cuts.slice(-MAX_CUTS + 1), { from, to: null }],
});

/** Ends the cut that lasts, if one does. */
export const mended = (life: DeviceLife, to: number): DeviceLife => ({
  ...life,
  cuts: life.cuts.map((cut): Cut => (cut.to === null ? { from: cut.from, to: Math.max(cut.from, to) } : cut)),
});

/** Each life of a device over the past, in order: a fault that takes its power ends one and begins the next. */
export function livesThrough(device: LabDevice, faults: readonly Fault[], from: number): readonly DeviceLife[] {
  const lives: DeviceLife[] = [lifeBefore(device, from)];
  const effects = faults
    .flatMap((fault) => fault.effects)
    .filter(({ deviceCode, effect }) => deviceCode === device.code && effect !== 'slow')
    .sort((a, b) => a.from - b.from);
  for (const effect of effects) {
    const life = lives.at(-1);
    if (life === undefined) break;
    if (effect.effect === 'power') lives.push(restarted(effect.to));
    else lives[lives.length - 1] = mended(cutFrom(life, effect.from), effect.to);
  }
  return lives;
}
