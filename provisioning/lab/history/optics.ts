import type { PortModel } from '../hardware.ts';
import { isCage, moduleAt } from '../model/optics.ts';
import { hardwareOf, type LabDevice } from '../network-builder.ts';
import type { PastSeries } from './readings.ts';

/** Light of the past, under the names that the collector gives it; that of uplinks is told for the whole month. */
export function opticalSeries(device: LabDevice): readonly PastSeries[] {
  const { vendor, ports } = hardwareOf(device);
  if (vendor !== 'MikroTik') return [];
  return ports
    .filter((port) => isCage(port) && port.role !== 'idle')
    .flatMap((port) => [lightOf(device, port, 'rx'), lightOf(device, port, 'tx')]);
}

const lightOf = (device: LabDevice, port: PortModel, side: 'rx' | 'tx'): PastSeries => ({
  metric: 'sensor.dbm',
  // SNMP and the RouterOS API number the same module each in its own way.
  instance: device.protocol === 'routeros' ? `${port.index}.${side}` : `optical.${side}.${port.index}`,
  kind: 'gauge',
  reach: port.role === 'uplink' ? 'month' : 'hour',
  read(at) {
    const module = moduleAt(device, port, at);
    return (side === 'rx' ? module?.rxDbm : module?.txDbm) ?? 0;
  },
});
