import { DAY } from '../../core/domain/clock.ts';
import { METRICS } from '../../core/domain/metrics.ts';
import type { Log } from '../../core/log/log.ts';
import type { SeriesStore } from '../../core/stores/series/series-store.ts';
import { CounterMemory } from './counters.ts';

/** Gives a device's counters as they were last stored, so that a collector that starts again goes on from there. */
export type Seeds = { take(deviceId: string): Promise<CounterMemory | null> };

/** Devices whose last samples are read together. */
const CHUNK = 200;
/** Older samples say nothing about how often a counter wrapped since. */
const MAX_AGE_MS = DAY;
const SEEDED = [...METRICS.filter(({ kind }) => kind === 'counter').map(({ id }) => id), 'system.uptime_s'];

export function createSeeds(options: {
  readonly series: Pick<SeriesStore, 'latest'>;
  readonly deviceIds: readonly string[];
  readonly now: number;
  readonly log: Log;
}): Seeds {
  const { series, deviceIds, now, log } = options;
  const chunkOf = new Map(deviceIds.map((id, at) => [id, Math.floor(at / CHUNK)]));
  const chunks = new Map<number, Promise<Map<string, CounterMemory>>>();

  async function read(chunk: number): Promise<Map<string, CounterMemory>> {
    const ids = deviceIds.slice(chunk * CHUNK, (chunk + 1) * CHUNK);
    try {
      return memoriesOf(await series.latest({ deviceIds: ids, metrics: SEEDED, since: now - MAX_AGE_MS }));
    } catch (error) {
      log.warn({ err: error }, 'the last counters could not be read, they begin anew');
      return new Map();
    }
  }

  return {
    async take(deviceId) {
      const chunk = chunkOf.get(deviceId);
      if (chunk === undefined) return null;
      chunkOf.delete(deviceId);
      const reading = chunks.get(chunk) ?? read(chunk);
      chunks.set(chunk, reading);
      const memories = await reading;
      const memory = memories.get(deviceId) ?? null;
      memories.delete(deviceId);
      return memory;
    },
  };
}

function memoriesOf(samples: Awaited<ReturnType<SeriesStore['latest']>>): Map<string, CounterMemory> {
  const found = new Map<string, { at: number; uptimeS: number | null; values: Map<string, number> }>();
  for (const { deviceId, metric, instance, kind, value, at } of samples) {
    const memory = found.get(deviceId) ?? { at: 0, uptimeS: null, values: new Map<string, number>() };
    found.set(deviceId, memory);
    memory.at = Math.max(memory.at, at);
    if (metric === 'system.uptime_s') memory.uptimeS = value;
    else if (kind === 'counter') memory.values.set(`${metric}/${instance}`, value);
  }
  return new Map([...found].map(([id, { at, uptimeS, values }]) => [id, new CounterMemory(at, uptimeS, values)]));
}
