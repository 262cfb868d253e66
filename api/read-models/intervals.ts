import type { Device } from '../../core/contract/devices.ts';
import { SECOND } from '../../core/domain/clock.ts';

/** How often a device's values are read, where it says nothing else. */
const POLL_INTERVAL_S = 60;
/** However often it is asked whether it lives, one sample stands for so long. */
const REACH_WINDOW_S = 30;

type Intervals = Pick<Device, 'reachIntervalS' | 'pollIntervalS'>;

export const pollIntervalMs = ({ pollIntervalS }: Intervals): number => (pollIntervalS ?? POLL_INTERVAL_S) * SECOND;

/** Time between two samples of a metric. */
export const sampleIntervalMs = (metric: string, device: Intervals): number =>
  metric.startsWith('reachability.') || metric.startsWith('ping.')
    ? Math.max(REACH_WINDOW_S, device.reachIntervalS ?? 0) * SECOND
    : pollIntervalMs(device);
