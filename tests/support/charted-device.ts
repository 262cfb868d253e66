import { DAY, MINUTE } from '../../core/domain/clock.ts';
import type { TestApi } from './api.ts';

const STEP_MS = 5 * MINUTE;
const DAYS = 2;

/** Two days of figures of a router up to `to`, with an hour in which it was silent. */
export async function layCharts(
  api: Pick<TestApi, 'series' | 'inventory'>,
  deviceId: string,
  to: number,
): Promise<void> {
  const count = (DAYS * DAY) / STEP_MS;
  const isSilent = (back: number): boolean => back > 60 && back <= 72;
  const gauge = (metric: string, instance: string, valueAt: (back: number) => number) =>
    Array.from({ length: count }, (_, back) => back)
      .filter((back) => !isSilent(back))
      .map((back) => ({
        deviceId,
        metric,
        instance,
        kind: 'gauge' as const,
        at: to - back * STEP_MS,
        value: valueAt(back),
      }));
  const wave = (back: number): number => 1 + Math.sin((back / 288) * 2 * Math.PI) + 0.2 * Math.sin(back / 3);
  const counter = (metric: string, instance: string, perStep: number) => {
    let total = 0;
    return Array.from({ length: count }, (_, at) => count - 1 - at)
      .map((back) => {
        total += Math.round(perStep * (1.2 + wave(back)));
        return { deviceId, metric, instance, kind: 'counter' as const, at: to - back * STEP_MS, value: total, back };
      })
      .filter(({ back }) => !isSilent(back))
      .map(({ back: _, ...sample }) => sample);
  };
  await api.series.append([
    ...gauge('ping.average_response_ms', '', (back) => 24 + 6 * wave(back)),
    ...gauge('ping.percent_packet_loss', '', (back) => (back % 97 === 0 ? 40 : 0)),
    ...gauge('wireless.clients', '1', (back) => Math.round(6 * wave(back) + 2)),
    ...gauge('wireless.clients', '2', (back) => Math.round(9 * wave(back) + 4)),
    ...gauge('cpu.usage_percent', '1', (back) => 20 + 12 * wave(back)),
    ...gauge('mem.used_percent', '1', (back) => 44 + 2 * wave(back)),
    ...gauge('sensor.dbm', 'rx.1', (back) => -18 - 0.2 * wave(back)),
    ...counter('interface.ifHCInOctets', '1', 300 * 400_000),
    ...counter('interface.ifHCOutOctets', '1', 300 * 90_000),
    ...counter('interface.ifHCInOctets', '2', 300 * 200_000),
    ...counter('interface.ifInErrors', '1', 3),
  ]);
  const port = (index: number, name: string, alias: string) => ({
    index,
    name,
    alias,
    type: 'ethernetCsmacd',
    mac: null,
    mtu: 1500,
    speedBps: 1e9,
    adminStatus: 'up' as const,
    operStatus: 'up' as const,
  });
  const ports = [port(1, 'sfp1', 'ke POP'), port(2, 'ether2', ''), port(3, 'ether3', '')];
  await api.inventory.interfaces.replace(deviceId, ports, to);
}
