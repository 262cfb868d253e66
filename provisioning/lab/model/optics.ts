import { DAY, HOUR, MINUTE } from '../../../core/domain/clock.ts';
import type { PortModel } from '../hardware.ts';
import type { LabDevice } from '../network-builder.ts';
import { noise, smoothNoise } from './noise.ts';

/** What an optical module measures of itself (SFF-8472). */
export type ModuleReadings = {
  readonly txDbm: number;
  readonly rxDbm: number;
  readonly biasMa: number;
  readonly supplyV: number;
  readonly temperatureC: number;
};

/** Cages for modules bear it in their name, as on the devices that the lab plays. */
export const isCage = ({ name }: Pick<PortModel, 'name'>): boolean => name.startsWith('sfp');

/**
 * Connectors where dirt grows on the glass until somebody cleans it, each half a round after the other: at any time one
 * of the two has been falling for more than a week, which is what a watch over signals must find.
 */
const DIRTY = ['opd-dinas-kesehatan-r1', 'opd-dinas-pendidikan-r1'];
const CLEANED_EVERY_MS = 16 * DAY;
const DIRT_DB_A_DAY = 0.35;

/** Light of a 10 km module of the port's speed over some kilometres of fibre; null for an empty cage. */
export function moduleAt(
  { code, load }: Pick<LabDevice, 'code' | 'load'>,
  port: PortModel,
  at: number,
): ModuleReadings | null {
  if (!isCage(port) || port.role === 'idle') return null;
  const seed = load.seed ^ (port.index * 0x9e37);
  const isFast = port.mbps >= 10_000;
  const sent = (isFast ? -2.4 : -5.6) + 0.8 * noise(seed, 1);
  // Modules within a building see each other over metres; an uplink goes through the town.
  const lossDb = port.role === 'uplink' ? 3 + 4.5 * noise(seed, 2) : 1.2 + noise(seed, 2);
  const temperatureC = 37 + 5 * noise(seed, 3) + 5 * smoothNoise(seed ^ 0x7e3, at / (5 * HOUR));
  const sway = 0.3 * (smoothNoise(seed ^ 0x51a, at / (9 * HOUR)) - 0.5);
  const jitter = 0.06 * (noise(seed ^ 0x1f3, Math.floor(at / MINUTE)) - 0.5);
  const txDbm = sent - (temperatureC - 40) * 0.015 + jitter / 2;
  const dirt = port.role === 'uplink' ? dirtDb(code, at) : 0;
  return {
    txDbm: round(txDbm, 3),
    rxDbm: round(txDbm - lossDb + sway + jitter - dirt, 3),
    biasMa: Math.round((isFast ? 34 : 17) + 4 * noise(seed, 4) + (temperatureC - 40) * 0.2),
    supplyV: round(3.26 + 0.06 * noise(seed, 5) + jitter / 10, 3),
    temperatureC: Math.round(temperatureC),
  };
}

function dirtDb(code: string, at: number): number {
  const which = DIRTY.indexOf(code);
  if (which === -1) return 0;
  return (((at + (which * CLEANED_EVERY_MS) / DIRTY.length) % CLEANED_EVERY_MS) / DAY) * DIRT_DB_A_DAY;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
