import type { Observation } from '../core/domain/next-state.ts';
import type { Reading } from '../core/domain/sample.ts';
import type { Hearing } from './hearing.ts';
import type { Listen, Listener, ListenerStats, ListenerTools, Told } from './listener.ts';
import type { WatchedDevice } from './pipeline/watched-device.ts';
import type { PollRound } from './probe.ts';

/** All listeners that the operator wants. */
export type Listening = {
  /** By listener. */
  stats(): Readonly<Record<string, ListenerStats>>;
  close(): Promise<void>;
};

/** What listeners work on: the rest of the collector. */
export type ListeningParts = Pick<
  ListenerTools,
  'clock' | 'timers' | 'log' | 'settings' | 'onDevicesChanged' | 'pollSoon'
> & {
  readonly hearing: Hearing;
  readonly watch: { get(deviceId: string): WatchedDevice | undefined; all(): Iterable<WatchedDevice> };
  readonly observe: (device: WatchedDevice, observation: Observation) => Promise<void>;
  readonly take: (device: WatchedDevice, round: PollRound) => Promise<unknown>;
  readonly onError: (error: unknown, deviceId: string) => void;
};

/**
 * Starts every listener. One that cannot start, because its port is taken or needs rights that the process lacks, is
 * said in the log and leaves the others alone.
 */
export async function startListening(
  listeners: ReadonlyMap<string, Listen>,
  parts: ListeningParts,
): Promise<Listening> {
  const running = new Map<string, Listener>();
  for (const [id, listen] of listeners) {
    try {
      const listener = await listen(toolsOf(id, parts));
      if (listener !== null) running.set(id, listener);
    } catch (error) {
      parts.log.error({ err: error, listener: id }, 'a listener could not start');
    }
  }
  return {
    stats: () => Object.fromEntries([...running].map(([id, listener]) => [id, listener.stats()])),
    async close() {
      await Promise.all([...running.values()].map((listener) => listener.close()));
    },
  };
}

/** What a listener hears is a sign of life, or its end, of devices that name it as what tells whether they live. */
function toolsOf(listener: string, parts: ListeningParts): ListenerTools {
  const { clock, timers, log, settings, hearing, watch, observe, take, onDevicesChanged, pollSoon, onError } = parts;
  const note = (deviceId: string, observation: Observation): void => {
    const device = watch.get(deviceId);
    if (device?.reachability !== listener) return;
    hearing.note(deviceId, { at: observation.at, isGone: observation.kind === 'silent' });
    observe(device, observation).catch((error: unknown) => onError(error, deviceId));
  };
  const online = (deviceId: string, at: number): void =>
    note(deviceId, { kind: 'answered', at, roundTripMs: null, lossPercent: 0 });
  return {
    clock,
    timers,
    log,
    settings,
    devices: () => watch.all(),
    onDevicesChanged,
    tell(deviceId, told) {
      const device = watch.get(deviceId);
      if (device === undefined) return;
      online(deviceId, told.at);
      take(device, roundOf(told)).catch((error: unknown) => onError(error, deviceId));
    },
    online,
    gone: (deviceId, at) => note(deviceId, { kind: 'silent', at, failure: 'unreachable', isCertain: true }),
    hearsSince: hearing.hearsSince,
    pollSoon,
  };
}

const UPTIME = 'system.uptime_s';

/** What was told, as a poll would have brought it: counters apart from the rest, to be unwrapped. */
export function roundOf({ readings, ...told }: Told): PollRound {
  const isCounter = ({ kind }: Reading): boolean => kind === 'counter';
  return {
    ...told,
    uptimeS: readings.find(({ metric }) => metric === UPTIME)?.value ?? null,
    hostUptimeS: null,
    gauges: readings.filter((reading) => !isCounter(reading)),
    counters: readings.filter(isCounter).map(({ metric, instance, value }) => ({
      key: `${metric}/${instance}`,
      metric,
      instance,
      raw: value,
      bits: 64,
      maxPerSecond: null,
      discontinuity: null,
    })),
  };
}
