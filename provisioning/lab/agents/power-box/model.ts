import { HOUR, MINUTE } from '../../../../core/domain/clock.ts';
import { noise, smoothNoise } from '../../model/noise.ts';

/** What a village's power box measures at a moment: 24 V lead battery, solar panel, mains where there is any. */
export type PowerBoxReadings = {
  readonly batteryV: number;
  /** Positive while it is charged. */
  readonly batteryA: number;
  readonly chargePercent: number;
  readonly batteryC: number;
  readonly panelV: number;
  readonly panelW: number;
  readonly loadW: number;
  readonly hasMains: boolean;
  readonly uptimeS: number;
};

/** What the agent publishes. Pure: the same moment always gives the same answer. */
export type PowerBoxModel = {
  readonly info: { readonly vendor: string; readonly model: string; readonly version: string; readonly serial: string };
  readings(at: number): PowerBoxReadings;
};

export type PowerBoxTraits = {
  readonly seed: number;
  readonly serial: string;
  /** Since when it runs, UTC ms. */
  readonly bootAt: number;
  /** Whether PLN's mains is there, which a script of faults may say; without it a few short cuts a month. */
  readonly hasMains?: (at: number) => boolean;
};

const WIB_MS = 7 * HOUR;
const PANEL_PEAK_W = 220;
const LOAD_W = 42;

/** A box on mains, panel and battery. While the mains is away at night the battery goes down with the hours. */
export function powerBoxModel({ seed, serial, bootAt, hasMains = ownMains(seed) }: PowerBoxTraits): PowerBoxModel {
  return {
    info: { vendor: 'Bengkel Desa', model: 'Kotak Daya 24V', version: '1.4', serial },
    readings(at) {
      const sun = sunAt(seed, at);
      const isOnMains = hasMains(at);
      const loadW = LOAD_W * (0.85 + 0.3 * smoothNoise(seed, at / (10 * MINUTE)));
      const chargePercent = chargeAt(seed, at, hasMains);
      const spareW = sun * PANEL_PEAK_W + (isOnMains ? 90 : 0) - loadW;
      // A full battery takes next to nothing.
      const intoBatteryW = spareW > 0 ? spareW * Math.min(1, (100 - chargePercent) / 15) : spareW;
      const batteryV = 23.4 + (chargePercent / 100) * 2.2 + (intoBatteryW > 5 ? 1.1 : 0);
      return {
        batteryV: round(batteryV, 2),
        batteryA: round(intoBatteryW / batteryV, 2),
        chargePercent: round(chargePercent, 0),
        batteryC: round(27 + 6 * sun + 2 * smoothNoise(seed ^ 0x7e4, at / HOUR), 1),
        panelV: round(sun < 0.02 ? 0.4 : 33 + 4 * sun, 1),
        panelW: round(sun * PANEL_PEAK_W, 1),
        loadW: round(loadW, 1),
        hasMains: isOnMains,
        uptimeS: Math.max(0, Math.floor((at - bootAt) / 1_000)),
      };
    },
  };
}

/** 0 at night to 1 at noon under a clear sky. */
function sunAt(seed: number, at: number): number {
  const hour = ((at + WIB_MS) % (24 * HOUR)) / HOUR;
  const height = Math.sin(((hour - 6) / 12) * Math.PI);
  return height <= 0 ? 0 : height * (0.35 + 0.65 * smoothNoise(seed ^ 0x511, at / (20 * MINUTE)));
}

/** How many quarters of an hour are looked back on: a battery is full again after a night and a day. */
const LOOK_BACK = 4 * 16;
const QUARTER = 15 * MINUTE;

/** Charge and drain of the last hours, added up from a full battery. */
function chargeAt(seed: number, at: number, hasMains: (at: number) => boolean): number {
  let percent = 100;
  const first = Math.floor(at / QUARTER) - LOOK_BACK;
  for (let quarter = first; quarter * QUARTER < at; quarter++) {
    const from = quarter * QUARTER;
    const share = Math.min(1, (at - from) / QUARTER);
    const change = hasMains(from) ? 2.2 : sunAt(seed, from) * 4.5 - 1.3;
    percent = Math.min(100, Math.max(4, percent + change * share));
  }
  return percent;
}

/** Cuts of one to five hours, on one day in nine. */
function ownMains(seed: number): (at: number) => boolean {
  return (at) => {
    const day = Math.floor((at + WIB_MS) / (24 * HOUR));
    if (noise(seed ^ 0x9a1, day) > 1 / 9) return true;
    const hour = ((at + WIB_MS) % (24 * HOUR)) / HOUR;
    const from = 24 * noise(seed ^ 0x9a2, day);
    return hour < from || hour > from + 1 + 4 * noise(seed ^ 0x9a3, day);
  };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
