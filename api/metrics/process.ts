import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Family } from './exposition.ts';

/** Figures of this process, under the names that Prometheus clients use. */
export function processFigures(startedAtMs: number) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const one = (name: string, help: string, type: Family['type'], value: number): Family => ({
    name,
    help,
    type,
    samples: [{ value }],
  });
  return {
    families(): readonly Family[] {
      const { user, system } = process.cpuUsage();
      const memory = process.memoryUsage();
      // An interval without a single turn of the loop has no figures.
      const seconds = (nanoseconds: number): number => (Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0);
      const lag = {
        samples: [
          { labels: { quantile: '0.5' }, value: seconds(delay.percentile(50)) },
          { labels: { quantile: '0.99' }, value: seconds(delay.percentile(99)) },
          { labels: { quantile: '1' }, value: seconds(delay.max) },
        ],
      };
      delay.reset();
      return [
        one('process_cpu_user_seconds_total', 'CPU time spent in user mode.', 'counter', user / 1e6),
        one('process_cpu_system_seconds_total', 'CPU time spent in system mode.', 'counter', system / 1e6),
        one('process_resident_memory_bytes', 'Resident memory.', 'gauge', memory.rss),
        one('nodejs_heap_size_used_bytes', 'Heap in use.', 'gauge', memory.heapUsed),
        one('nodejs_heap_size_total_bytes', 'Heap reserved.', 'gauge', memory.heapTotal),
        one('nodejs_external_memory_bytes', 'Memory outside the heap.', 'gauge', memory.external),
        one('process_start_time_seconds', 'Start of the process since the epoch.', 'gauge', startedAtMs / 1000),
        {
          name: 'nodejs_eventloop_lag_seconds',
          help: 'Delay of the event loop since the last look.',
          type: 'gauge',
          ...lag,
        },
      ];
    },
    stop: (): void => {
      delay.disable();
    },
  };
}
