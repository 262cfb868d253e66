import { isCage, type ModuleReadings, moduleAt } from '../../model/optics.ts';
import { hardwareOf } from '../../network-builder.ts';
import type { DeviceState } from '../device-state.ts';
import { gauge32, integer, type MibObject, octets } from './mib.ts';

/** MIKROTIK-MIB, mtxrOpticalEntry; its rows are numbered like the ports. */
const OPTICAL = '1.3.6.1.4.1.14988.1.1.19.1.1';
const MIKROTIK = 'MikroTik';
/** 1,310 nm in hundredths. */
const WAVELENGTH = 131_000;
const NOTHING: ModuleReadings = { txDbm: 0, rxDbm: 0, biasMa: 0, supplyV: 0, temperatureC: 0 };

/** What a device of the lab tells of its optical modules; an empty cage has zeros, as on the real ones. */
export function opticalObjects({ device }: DeviceState): MibObject[] {
  const { vendor, ports } = hardwareOf(device);
  if (vendor !== MIKROTIK) return [];
  return ports.filter(isCage).flatMap((port): MibObject[] => {
    const { index, name, role } = port;
    const read = (at: number): ModuleReadings => moduleAt(device, port, at) ?? NOTHING;
    const entry = (column: number): string => `${OPTICAL}.${column}.${index}`;
    return [
      { oid: entry(2), read: () => octets(name) },
      { oid: entry(3), read: () => integer(0) },
      { oid: entry(4), read: () => integer(0) },
      { oid: entry(5), read: () => gauge32(role === 'idle' ? 0 : WAVELENGTH) },
      { oid: entry(6), read: (at) => gauge32(read(at).temperatureC) },
      { oid: entry(7), read: (at) => gauge32(Math.round(read(at).supplyV * 1_000)) },
      { oid: entry(8), read: (at) => gauge32(read(at).biasMa) },
      { oid: entry(9), read: (at) => integer(Math.round(read(at).txDbm * 1_000)) },
      { oid: entry(10), read: (at) => integer(Math.round(read(at).rxDbm * 1_000)) },
    ];
  });
}
