import type { RollUp } from '../../../core/stores/series/series-store.ts';
import { checksWithin, type DevicePast, WINDOW_MS } from './past.ts';

/**
 * Reachability over a stretch, every check counted, and weighed as the collector's samples are. Where a device was silent, each bucket of `width` is told by
 * itself; where it was not, one bucket tells a whole `step` of them.
 */
export function reachabilityBuckets(
  { deviceId, past }: { readonly deviceId: string; readonly past: DevicePast },
  from: number,
  to: number,
  { width, step }: { readonly width: number; readonly step: number },
): RollUp[] {
  const rollUps: RollUp[] = [];
  for (let at = from; at < to; at += step) {
    const end = Math.min(to, at + step);
    const isWhole = past.silences.every((silence) => silence.from >= end || silence.to <= at);
    const size = isWhole ? step : width;
    for (let start = at; start < end; start += size) {
      const bucket = bucketOf(deviceId, past, start, Math.min(end, start + size));
      if (bucket !== null) rollUps.push(bucket);
    }
  }
  return rollUps;
}

/** Null where nothing was asked. */
function bucketOf(deviceId: string, past: DevicePast, at: number, to: number): RollUp | null {
  const { made, answered, last } = checksWithin(past, at, to);
  const count = Math.round((to - at) / WINDOW_MS);
  if (made === 0 || count === 0) return null;
  return {
    deviceId,
    metric: 'reachability.up',
    instance: '',
    kind: 'gauge',
    at,
    count,
    min: answered === made ? 1 : 0,
    max: answered === 0 ? 0 : 1,
    sum: (count * answered) / made,
    last: last ? 1 : 0,
    increase: 0,
    spanMs: 0,
  };
}
