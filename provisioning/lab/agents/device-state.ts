import { type Clock, MINUTE } from '../../../core/domain/clock.ts';
import { minuteLoad } from '../model/load.ts';
import type { DeviceLife } from '../model/traffic.ts';
import { type TrafficMeter, trafficMeter } from '../model/traffic.ts';
import type { LabDevice } from '../network-builder.ts';

/** A device as its agents see it: what it is, since when it runs, and what flowed through it. One for all protocols. */
export type DeviceState = {
  readonly device: LabDevice;
  readonly clock: Clock;
  readonly life: () => DeviceLife;
  /** Octets towards its users since it started. */
  readonly downOctets: (at: number) => number;
  /** What the model says of the minute; looked up once a minute. */
  readonly load: (at: number) => number;
  /** A restart, or a line that was cut or mended. */
  setLife(life: DeviceLife): void;
};

export function deviceState(device: LabDevice, first: DeviceLife, clock: Clock): DeviceState {
  let life = first;
  let meter: TrafficMeter | null = null;
  let minute = Number.NaN;
  let load = 0;
  return {
    device,
    clock,
    life: () => life,
    downOctets(at) {
      // Built when first asked: adding up weeks of minutes takes some milliseconds of processor time.
      meter ??= trafficMeter(device.load, life);
      return meter.downOctets(at);
    },
    load(at) {
      const wanted = Math.floor(at / MINUTE);
      if (wanted !== minute) {
        minute = wanted;
        load = minuteLoad(device.load, at);
      }
      return load;
    },
    setLife(changed) {
      life = changed;
      meter = null;
    },
  };
}
