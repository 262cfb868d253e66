import { Type } from 'typebox';
import type { ProbeModule } from '../../../collector/probe.ts';
import { ProbeError } from '../../../core/domain/errors.ts';
import type { Reading } from '../../../core/domain/sample.ts';
import type { HandClock } from '../hand-clock.ts';
import type { World } from './world.ts';

export const SIMULATED = 'simulated';
const ROUND_TRIP_MS = 12;

/** Asks the simulated world: its packets are answered or lost there, by the clock in the test's hand. */
export function simulatedProbe(world: World, time: HandClock, nameOf: (deviceId: string) => string): ProbeModule {
  const ask = (deviceId: string, timeoutMs: number): Promise<string> => {
    const name = nameOf(deviceId);
    const isAnswered = world.answers(name);
    return new Promise((resolve, reject) => {
      if (isAnswered) time.after(ROUND_TRIP_MS, () => resolve(name));
      else time.after(timeoutMs, () => reject(new ProbeError('timeout', `${name} does not answer`)));
    });
  };
  const gauge = (metric: string, instance: string, value: number): Reading => ({
    metric,
    instance,
    value,
    kind: 'gauge',
  });
  return {
    kind: {
      title: { id: 'Simulasi', en: 'Simulation' },
      settings: Type.Object({}),
      credentials: ['snmp-v2c'],
    },
    open: ({ pollTimeoutMs }) => ({
      async reach({ id }, timeoutMs) {
        await ask(id, timeoutMs);
        return { roundTripMs: ROUND_TRIP_MS };
      },
      async poll({ id, kind }) {
        const name = await ask(id, pollTimeoutMs);
        const uptimeS = world.uptimeS(name);
        const signal = world.signal(name);
        return {
          at: time.clock(),
          uptimeS,
          hostUptimeS: uptimeS,
          gauges: [
            gauge('system.uptime_s', '', uptimeS),
            ...(kind === 'power-box' ? [gauge('sensor.state', 'mains', Number(world.hasMains(name)))] : []),
            ...(signal === null ? [] : [gauge('wireless.rssi', '1', signal)]),
          ],
          counters: [],
        };
      },
      async close() {},
    }),
  };
}
