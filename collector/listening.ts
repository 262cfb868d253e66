import type { Reading } from '../core/domain/sample.ts';
import type { Log } from '../core/log/log.ts';
import type { Listen, Listener, ListenerStats, ListenerTools, Told } from './listener.ts';
import type { PollRound } from './probe.ts';

/** All listeners that the operator wants. */
export type Listening = {
  /** By listener. */
  stats(): Readonly<Record<string, ListenerStats>>;
  close(): Promise<void>;
};

/**
 * Starts every listener. One that cannot start, because its port is taken or needs rights that the process lacks, is
 * said in the log and leaves the others alone.
 * @param toolsOf tools of a listener, by its id
 */
export async function startListening(
  listeners: ReadonlyMap<string, Listen>,
  toolsOf: (id: string) => ListenerTools,
  log: Log,
): Promise<Listening> {
  const running = new Map<string, Listener>();
  for (const [id, listen] of listeners) {
    try {
      const listener = await listen(toolsOf(id));
      if (listener !== null) running.set(id, listener);
    } catch (error) {
      log.error({ err: error, listener: id }, 'a listener could not start');
    }
  }
  return {
    stats: () => Object.fromEntries([...running].map(([id, listener]) => [id, listener.stats()])),
    async close() {
      await Promise.all([...running.values()].map((listener) => listener.close()));
    },
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
