import { SLOW_MS } from '../faults/fault.ts';
import { IF_TYPE } from '../hardware.ts';
import { clientsOf, cpuPercentOf, diskPercentAt, memoryPercentOf, minuteLoad, responseMsOf } from '../model/load.ts';
import { type DeviceLife, type TrafficMeter, trafficMeter } from '../model/traffic.ts';
import { hardwareOf } from '../network-builder.ts';
import { opticalSeries } from './optics.ts';
import { type DevicePast, isSilentAt } from './past.ts';

export const RESPONSE = 'reachability.response_ms';

/** A series of the past and where its values come from. */
export type PastSeries = {
  readonly metric: string;
  readonly instance: string;
  readonly kind: 'gauge' | 'counter';
  /** How far back it is told; the last hour is told of every series. */
  readonly reach: 'hour' | 'day' | 'month';
  /** @param load of that minute @param octets towards the users since the start */
  read(at: number, load: number, octets: number): number;
};

/** What one poll of the past gave; `life` is the start of the life from which its counters count. */
export type PastPoll = { readonly at: number; readonly life: number; readonly values: Float64Array };

/** Every series but reachability, with the names and instances that the collector gives the same objects. */
export function seriesOf(past: DevicePast): readonly PastSeries[] {
  const { device, lives, slow } = past;
  const profile = device.load;
  const { ports, processors, storages, wireless } = hardwareOf(device);
  const gauge = (
    metric: string,
    instance: string | number,
    read: PastSeries['read'],
    reach: PastSeries['reach'] = 'month',
  ): PastSeries => ({ metric, instance: String(instance), kind: 'gauge', reach, read });
  const octets = (metric: string, index: number, share: number, reach: PastSeries['reach']): PastSeries => ({
    metric,
    instance: String(index),
    kind: 'counter',
    reach,
    read: (_at, _load, down) => Math.floor(down * share),
  });
  const series: PastSeries[] = [
    gauge(RESPONSE, '', (at, load) => {
      const isSlow = slow.some(({ from, to }) => at >= from && at < to);
      return Math.round((responseMsOf(profile, load, at) + (isSlow ? SLOW_MS : 0)) * 10) / 10;
    }),
    gauge('system.uptime_s', '', (at) => Math.floor((at - (lifeAt(lives, at)?.bootAt ?? at)) / 1_000), 'hour'),
    ...processors.map((index, position) =>
      gauge('cpu.usage_percent', index, (at, load) => cpuPercentOf(profile, load, at, position)),
    ),
    ...storages.map(({ index, kind, units }) => {
      const used = (at: number, load: number): number =>
        kind === 'ram' ? memoryPercentOf(profile, load, at) : diskPercentAt(profile, at);
      const metric = kind === 'ram' ? 'mem.used_percent' : 'disk.used_percent';
      return gauge(
        metric,
        index,
        (at, load) => Math.round((10_000 * Math.round((units * used(at, load)) / 100)) / units) / 100,
      );
    }),
  ];
  for (const { index, role, share, type } of ports) {
    // A bridge only adds up the ports it joins; its past would be told twice.
    if (role === 'idle' || role === 'bridge') continue;
    const [inShare, outShare] = role === 'uplink' ? [1, profile.upShare] : [share * profile.upShare, share];
    const reach = role === 'uplink' ? 'month' : type === IF_TYPE.wifi ? 'day' : 'hour';
    series.push(
      octets('interface.ifHCInOctets', index, inShare, reach),
      octets('interface.ifHCOutOctets', index, outShare, reach),
    );
  }
  series.push(...opticalSeries(device));
  if (wireless === null) return series;
  const radios = ports.filter(({ type, role }) => type === IF_TYPE.wifi && role === 'users');
  const on5GHz = (load: number): number => Math.round(clientsOf(profile, load) * (radios[1]?.share ?? 0));
  radios.forEach(({ index }, position) => {
    const instance = wireless === 'mikrotik' ? index : position + 1;
    const read = (_: number, load: number): number =>
      position === 1 ? on5GHz(load) : clientsOf(profile, load) - on5GHz(load);
    series.push(gauge('wireless.clients', instance, read));
  });
  return series;
}

const lifeAt = (lives: readonly DeviceLife[], at: number): DeviceLife | undefined =>
  lives.findLast(({ bootAt }) => bootAt <= at);

/** Polls a past device for the wanted series; null where it does not answer. Asking in order of time is cheapest. */
export type Poller = (at: number, wanted: readonly PastSeries[]) => PastPoll | null;

export function pollerOf(past: DevicePast): Poller {
  const { device, lives } = past;
  const meters = new Map<DeviceLife, TrafficMeter>();
  return (at, wanted) => {
    const life = isSilentAt(past, at) ? undefined : lifeAt(lives, at);
    if (life === undefined) return null;
    const meter = meters.get(life) ?? trafficMeter(device.load, life);
    meters.set(life, meter);
    const octets = meter.downOctets(at);
    const load = minuteLoad(device.load, at);
    const values = new Float64Array(wanted.length);
    for (const [position, series] of wanted.entries()) values[position] = series.read(at, load, octets);
    return { at, life: life.bootAt, values };
  };
}
