import { MINUTE } from '../../../core/domain/clock.ts';
import { downRate, type LoadProfile } from './load.ts';

/**
 * When a device started, and when since then nothing flowed because its line was cut; a cut without an end still lasts.
 * Together with the profile this is all that its counters depend on, so that history and live agents agree.
 */
export type DeviceLife = {
  readonly bootAt: number;
  readonly cuts: readonly Cut[];
};
export type Cut = { readonly from: number; readonly to: number | null };

/** Octets towards the users since the device started. Each minute is evaluated once, and few of them again on going back. */
export type TrafficMeter = { downOctets(at: number): number };

const CHECKPOINT_MINUTES = 360;

export function trafficMeter(profile: LoadProfile, life: DeviceLife): TrafficMeter {
  const { bootAt, cuts } = life;
  const bps = downRate(profile);
  const firstMinute = Math.floor(bootAt / MINUTE);
  /** Octets before every so many minutes. */
  const checkpoints: number[] = [0];
  let minute = firstMinute;
  let octetsBefore = 0;

  return {
    downOctets(at) {
      if (at <= bootAt) return 0;
      const wanted = Math.floor(at / MINUTE);
      if (wanted < minute) {
        const checkpoint = Math.floor((wanted - firstMinute) / CHECKPOINT_MINUTES);
        minute = firstMinute + checkpoint * CHECKPOINT_MINUTES;
        octetsBefore = checkpoints[checkpoint] ?? 0;
      }
      for (; minute < wanted; minute++) {
        const start = minute * MINUTE;
        const passed = minute - firstMinute;
        if (passed % CHECKPOINT_MINUTES === 0) checkpoints[passed / CHECKPOINT_MINUTES] = octetsBefore;
        octetsBefore += (bps(minute) / 8_000) * flowingMs(Math.max(start, bootAt), start + MINUTE, cuts);
      }
      const start = Math.max(minute * MINUTE, bootAt);
      return Math.floor(octetsBefore + (bps(minute) / 8_000) * flowingMs(start, at, cuts));
    },
  };
}

/** Milliseconds of a stretch during which the line was whole. */
function flowingMs(from: number, to: number, cuts: readonly Cut[]): number {
  let ms = to - from;
  for (const cut of cuts) {
    if (cut.from >= to || (cut.to !== null && cut.to <= from)) continue;
    ms -= Math.min(to, cut.to ?? to) - Math.max(from, cut.from);
  }
  return Math.max(0, ms);
}
