import { DAY, HOUR, MINUTE } from '../../../core/domain/clock.ts';
import { noise, seedOf, smoothNoise } from './noise.ts';

/** Sumatera Selatan keeps western Indonesian time (WIB), without summer time. */
const WIB_MS = 7 * HOUR;

/** Who uses a place, and so when. */
export type LoadShape = 'public' | 'office' | 'shelter' | 'agency' | 'backbone';

/** What the model needs to know of a device. Traffic is seen from its users: down is towards them. */
export type LoadProfile = {
  readonly seed: number;
  readonly shape: LoadShape;
  /** Wi-Fi clients at the busiest hour of an ordinary day; 0 for what has no Wi-Fi. */
  readonly busyClients: number;
  /** bit/s towards its users at the busiest hour of an ordinary day. */
  readonly busyBps: number;
  /** Upstream as a share of downstream. */
  readonly upShare: number;
  /** Share of the processor that is busy when nothing happens, and when all happens (0 to 100). */
  readonly cpu: { readonly idle: number; readonly busy: number };
  /** Share of the memory in use (0 to 100). */
  readonly memoryPercent: number;
  /** Round trip of a request over its line. */
  readonly responseMs: number;
};

/** Share of the busiest hour, at each hour of the day (WIB): the evening peak lies from 19 to 22, the quiet from 1 to 5. */
const WEEKDAY: Readonly<Record<LoadShape, readonly number[]>> = {
  public: [
    0.26, 0.11, 0.06, 0.04, 0.04, 0.08, 0.17, 0.24, 0.27, 0.3, 0.34, 0.4, 0.46, 0.44, 0.42, 0.47, 0.55, 0.6, 0.72, 0.93,
    1, 0.97, 0.76, 0.46,
  ],
  office: [
    0.12, 0.05, 0.03, 0.02, 0.02, 0.04, 0.12, 0.3, 0.52, 0.6, 0.63, 0.58, 0.5, 0.56, 0.55, 0.48, 0.46, 0.52, 0.68, 0.92,
    1, 0.95, 0.66, 0.3,
  ],
  shelter: [
    0.2, 0.08, 0.05, 0.03, 0.03, 0.08, 0.2, 0.28, 0.32, 0.38, 0.44, 0.52, 0.6, 0.56, 0.52, 0.6, 0.72, 0.78, 0.84, 0.97,
    1, 0.93, 0.66, 0.38,
  ],
  agency: [
    0.05, 0.04, 0.04, 0.03, 0.03, 0.04, 0.1, 0.42, 0.82, 0.97, 1, 0.92, 0.62, 0.86, 0.94, 0.8, 0.46, 0.2, 0.13, 0.12,
    0.11, 0.09, 0.07, 0.06,
  ],
  backbone: [
    0.24, 0.12, 0.07, 0.06, 0.06, 0.09, 0.17, 0.3, 0.46, 0.52, 0.55, 0.54, 0.52, 0.53, 0.53, 0.52, 0.54, 0.58, 0.7,
    0.92, 1, 0.96, 0.74, 0.44,
  ],
};
/** At the weekend offices are nearly empty, and people sit longer where Wi-Fi is free. */
const WEEKEND: Readonly<Record<LoadShape, readonly [number, number]>> = {
  // factor before 18 h, factor after
  public: [1.3, 1.08],
  office: [0.62, 0.98],
  shelter: [1.45, 1.12],
  agency: [0.12, 0.7],
  backbone: [1.02, 1.05],
};

/** Share of the busiest hour at a moment, without noise; hours flow into each other. */
export function dayCurve(shape: LoadShape, at: number): number {
  const local = at + WIB_MS;
  const hour = (((local % DAY) + DAY) % DAY) / HOUR;
  const left = Math.floor(hour);
  const curve = WEEKDAY[shape];
  const from = curve[left] ?? 0;
  const base = from + (hour - left) * ((curve[(left + 1) % 24] ?? 0) - from);
  // 1 January 1970 was a Thursday.
  const weekday = Math.floor(local / DAY + 4) % 7;
  if (weekday !== 0 && weekday !== 6) return base;
  const [day, evening] = WEEKEND[shape];
  // The two factors meet between 17 and 19 h, and again over midnight.
  const share = hour < 1 ? 1 - hour : Math.min(1, Math.max(0, (hour - 17) / 2));
  return base * (day + share * (evening - day));
}

/** Share of the busiest hour at a moment as it really is on that day, in that hour, in those minutes. */
export function loadAt(profile: LoadProfile, at: number): number {
  const { seed, shape } = profile;
  const day = 0.86 + 0.28 * noise(seed ^ 0x51ed, Math.floor((at + WIB_MS) / DAY));
  const hours = 0.8 + 0.4 * smoothNoise(seed, at / (37 * MINUTE));
  const minutes = 0.88 + 0.24 * smoothNoise(seed ^ 0x2f1b, at / (6 * MINUTE));
  return dayCurve(shape, at) * day * hours * minutes;
}

/**
 * The load that a device shows during the minute that holds `at`: everything but its traffic follows from it, so it is
 * looked up once for all of them.
 */
export const minuteLoad = (profile: LoadProfile, at: number): number => loadAt(profile, at - (at % MINUTE));

/** People on its Wi-Fi. */
export const clientsOf = (profile: LoadProfile, load: number): number => Math.round(profile.busyClients * load);

const SLOT_MINUTES = 5;

/** Traffic of a device minute by minute: the load is looked up once in five minutes, the bursts are each minute's own. */
export function downRate(profile: LoadProfile): (minute: number) => number {
  const { seed, busyBps } = profile;
  let slot = Number.NaN;
  let load = 0;
  return (minute) => {
    const wanted = Math.floor(minute / SLOT_MINUTES);
    if (wanted !== slot) {
      slot = wanted;
      load = loadAt(profile, slot * SLOT_MINUTES * MINUTE);
    }
    return busyBps * (0.004 + load * (0.7 + 0.6 * noise(seed ^ 0x77a3, minute)));
  };
}

/** Busy share of processor `index`, in whole per cent as HOST-RESOURCES has it. */
export function cpuPercentOf(profile: LoadProfile, load: number, at: number, index = 0): number {
  const { idle, busy } = profile.cpu;
  const jitter = (noise(profile.seed ^ 0x1c69 ^ (index << 8), Math.floor(at / MINUTE)) - 0.5) * 6;
  return Math.round(Math.min(100, Math.max(1, idle + (busy - idle) * load + jitter)));
}

/** Used share of the memory, in per cent. */
export function memoryPercentOf(profile: LoadProfile, load: number, at: number): number {
  const drift = (smoothNoise(profile.seed ^ 0x3d0f, at / (9 * HOUR)) - 0.5) * 8;
  return Math.min(98, Math.max(3, profile.memoryPercent + drift + 5 * load));
}

/** Used share of the disk, in per cent: logs fill it slowly and are cleared each week. */
export function diskPercentAt(profile: LoadProfile, at: number): number {
  const week = at / (7 * DAY) + noise(profile.seed ^ 0x5a5a, 0);
  return 22 + 30 * noise(profile.seed ^ 0x6b6b, 0) + 9 * (week - Math.floor(week));
}

/** Milliseconds a request takes over its line; queues grow with the load. */
export function responseMsOf(profile: LoadProfile, load: number, at: number): number {
  const jitter = noise(profile.seed ^ 0x0d31, Math.floor(at / 5_000));
  return profile.responseMs * (0.92 + 0.22 * jitter + 0.18 * Math.min(1.2, load));
}

/** Errors of an interface grow with what it carries: one in so many octets, rarer on glass than on air. */
export const OCTETS_PER_ERROR = { fibre: 4e10, copper: 3e10, radio: 6e8, vsat: 4e8, lte: 5e8 } as const;

/** A device's seed from the lab's. */
export const deviceSeed = (labSeed: number, code: string): number => seedOf(labSeed, code);
