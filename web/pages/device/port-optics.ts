import type { DeviceReading, Interface } from '../../../core/contract/devices.ts';
import { type KnownLimits, limitsOf, OPTICAL_METRICS, opticsClassOf, opticsOf } from '../../../core/domain/optics.ts';

export type Light = { readonly dbm: number; readonly limits: KnownLimits | null };
export type PortLight = { readonly rx: Light | null; readonly tx: Light | null };

/** What each port sees and sends, by its number; a light that may be any port's is none's. */
export function lightsOf(
  ports: readonly Interface[],
  readings: readonly DeviceReading[],
): ReadonlyMap<number, PortLight> {
  const optical = readings.filter(({ metric }) => OPTICAL_METRICS.some((known) => known === metric));
  if (optical.length === 0) return new Map();
  const found = ports.map((port) => ({ port, optics: opticsOf(port, ports, optical) }));
  const uses = new Map<string, number>();
  for (const { optics } of found)
    for (const reading of [optics.rx, optics.tx])
      if (reading !== null) uses.set(reading.instance, (uses.get(reading.instance) ?? 0) + 1);
  return new Map(
    found.flatMap(({ port, optics }) => {
      const light = (side: 'rx' | 'tx'): Light | null => {
        const reading = optics[side];
        if (reading === null || uses.get(reading.instance) !== 1) return null;
        const kind = opticsClassOf(port.speedBps, [port.name, reading.label]);
        return { dbm: reading.value, limits: limitsOf(reading.limits, kind, side) };
      };
      const [rx, tx] = [light('rx'), light('tx')];
      return rx === null && tx === null ? [] : [[port.index, { rx, tx }] as const];
    }),
  );
}

export type LightHealth = 'good' | 'watch' | 'bad' | 'unknown';

export function healthOf({ dbm, limits }: Light): LightHealth {
  if (limits === null) return 'unknown';
  const { low, lowWarning, highWarning, high } = limits;
  if ((low !== null && dbm < low) || (high !== null && dbm > high)) return 'bad';
  if ((lowWarning !== null && dbm < lowWarning) || (highWarning !== null && dbm > highWarning)) return 'watch';
  return 'good';
}
