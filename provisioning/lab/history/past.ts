import { DEFAULT_COLLECTOR_CONFIG } from '../../../collector/config.ts';
import type { State } from '../../../core/domain/state.ts';
import { REACH_INTERVAL_S } from '../asking.ts';
import type { Fault } from '../faults/fault.ts';
import { livesThrough } from '../faults/lives.ts';
import type { DeviceLife } from '../model/traffic.ts';
import type { LabDevice } from '../network-builder.ts';

export const REACH_MS = REACH_INTERVAL_S * 1_000;
/** From the last answer until three silent checks have shown a device to be down. */
const DETECTION_MS = REACH_MS + 6_500;
/** How long the smoothed round trip of a slow agent takes to say so, and to recover. */
const SLOW_SEEN_MS = 30_000;
const SLOW_OVER_MS = 15_000;

/** Silent between two answers; both ends are answers. */
type Silence = { readonly from: number; readonly to: number; readonly detectedAt: number };
export type Span = { readonly from: number; readonly to: number };
type Change = {
  readonly at: number;
  readonly state: State;
  readonly previous: State;
  readonly reason: string | null;
};

/** One device's past as a collector that asked it every few seconds would have seen it. */
export type DevicePast = {
  readonly device: LabDevice;
  readonly lives: readonly DeviceLife[];
  readonly silences: readonly Silence[];
  /** While its agent answered late. */
  readonly slow: readonly Span[];
  /** In order; the first one says that it was seen at all. */
  readonly changes: readonly Change[];
};

/** Moments at which a device is asked lie on a grid of their own, so that not all are asked at once. */
export const phaseOf = (device: LabDevice, intervalMs: number): number => device.load.seed % intervalMs;
const gridBefore = (at: number, intervalMs: number, phase: number): number =>
  Math.floor((at - phase) / intervalMs) * intervalMs + phase;
export const gridAfter = (at: number, intervalMs: number, phase: number): number =>
  Math.ceil((at - phase) / intervalMs) * intervalMs + phase;

export function devicePast(device: LabDevice, faults: readonly Fault[], { from, to }: Span): DevicePast {
  const phase = phaseOf(device, REACH_MS);
  const own = faults
    .flatMap(({ effects }) => effects)
    .filter(({ deviceCode }) => deviceCode === device.code)
    .sort((a, b) => a.from - b.from);
  const silences = own
    .filter(({ effect }) => effect !== 'slow')
    .map((effect): Silence => {
      const startedAt = Math.max(from, gridBefore(effect.from, REACH_MS, phase));
      const endedAt = Math.min(to, gridAfter(effect.to, REACH_MS, phase));
      return { from: startedAt, to: endedAt, detectedAt: Math.min(startedAt + DETECTION_MS, endedAt) };
    });
  const slow = own
    .filter(({ effect }) => effect === 'slow')
    .map((effect): Span => ({ from: effect.from + SLOW_SEEN_MS, to: Math.min(to, effect.to + SLOW_OVER_MS) }));
  const changes: Change[] = [{ at: from, state: 'up', previous: 'unknown', reason: null }];
  const episodes = [
    ...silences.map((span) => ({ ...span, state: 'down' as const, reason: 'timeout' })),
    ...slow.map((span) => ({ ...span, state: 'degraded' as const, reason: 'slow' })),
  ].sort((a, b) => a.from - b.from);
  for (const { from: start, to: end, state, reason } of episodes) {
    changes.push({ at: start, state, previous: 'up', reason }, { at: end, state: 'up', previous: state, reason: null });
  }
  return { device, lives: livesThrough(device, faults, from), silences, slow, changes };
}

/** The collector sums up the checks of such a time into one sample: the share of them that were answered. */
export const WINDOW_MS = DEFAULT_COLLECTOR_CONFIG.reachWindowMs;

/** Checks of a device within a stretch: how many were made, how many answered, and whether the last one was. */
export function checksWithin(
  { device, silences }: DevicePast,
  from: number,
  to: number,
): { readonly made: number; readonly answered: number; readonly last: boolean } {
  const first = gridAfter(from, REACH_MS, phaseOf(device, REACH_MS));
  const made = first >= to ? 0 : Math.floor((to - 1 - first) / REACH_MS) + 1;
  const lastAt = first + (made - 1) * REACH_MS;
  let silent = 0;
  let last = true;
  for (const silence of silences) {
    if (silence.from >= to || silence.to <= from) continue;
    const start = Math.max(first, silence.from + REACH_MS);
    const end = Math.min(lastAt, silence.to - REACH_MS);
    if (end >= start) silent += Math.floor((end - start) / REACH_MS) + 1;
    if (lastAt > silence.from && lastAt < silence.to) last = false;
  }
  return { made, answered: made - silent, last };
}

export const isSilentAt = ({ silences }: DevicePast, at: number): boolean =>
  silences.some(({ from, to }) => at > from && at < to);
