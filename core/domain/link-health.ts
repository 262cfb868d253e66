import type { OperStatus } from './device.ts';
import type { KnownLimits } from './optics.ts';

/** How a link does while it works: `watch` is what somebody should look after before it fails. */
export const LINK_HEALTHS = ['good', 'watch', 'bad', 'unknown'] as const;
export type LinkHealth = (typeof LINK_HEALTHS)[number];

/** In the order in which they are told. */
export const LINK_REASONS = [
  'port-down',
  'rx-low',
  'rx-high',
  'tx-low',
  'tx-high',
  'rx-falling',
  'errors',
  'discards',
  'busy-in',
  'busy-out',
] as const;
export type LinkReasonKind = (typeof LINK_REASONS)[number];

export const LINK_UNITS = ['dBm', 'dB', 'perMillion', 'perSecond', 'share'] as const;
export type LinkUnit = (typeof LINK_UNITS)[number];

/** What is wrong, with the figure and the line that it crossed; both null where there is nothing to measure. */
export type LinkReason = {
  readonly kind: LinkReasonKind;
  readonly health: 'watch' | 'bad';
  readonly value: number | null;
  readonly limit: number | null;
  readonly unit: LinkUnit | null;
};

export type OpticalPower = { readonly dbm: number; readonly limits: KnownLimits | null };
/** Packets lost to errors or full queues: `perMillion` of all, null where packets are not known. */
export type LossRate = { readonly perSecond: number; readonly perMillion: number | null };

/** Null: not known. */
export type LinkFacts = {
  readonly operStatus: OperStatus | null;
  readonly rx: OpticalPower | null;
  readonly tx: OpticalPower | null;
  /** Change of the received power over the last days, in dB; below zero it falls. */
  readonly rxChangeDb: number | null;
  readonly errors: LossRate | null;
  readonly discards: LossRate | null;
  /** Shares of the contract, 1 = all of it: the 95th percentile of the last hour. */
  readonly busyIn: number | null;
  readonly busyOut: number | null;
};

/**
 * A signal that has fallen so far since some days ago: dirt or a bend grows. Temperature moves readings by less, and a
 * module's own error (±3 dB, SFF-8472) stays the same from day to day.
 */
export const FALLING_DB = -1.5;
/** Shares of the contract. */
const BUSY = { watch: 0.8, bad: 0.95 } as const;

type LossLines = Readonly<Record<'watch' | 'bad', { readonly perMillion: number; readonly perSecond: number }>>;
/**
 * A line that keeps to the bit error ratio of IEEE 802.3, 10^-12, loses one long packet in 80 million: ten in a million
 * say that it does not. The figure per second keeps single packets of a quiet hour from counting.
 */
const ERRORS: LossLines = {
  watch: { perMillion: 10, perSecond: 0.01 },
  bad: { perMillion: 1_000, perSecond: 0.1 },
};
/** Full queues drop packets by design, though not one in a hundred. */
const DISCARDS: LossLines = {
  watch: { perMillion: 1_000, perSecond: 0.1 },
  bad: { perMillion: 10_000, perSecond: 1 },
};
/** Where packets are not known: what so many a second would be of ten thousand packets. */
const UNKNOWN_PACKETS_PER_SECOND = 10_000;

const DOWN: readonly OperStatus[] = ['down', 'lowerLayerDown', 'notPresent'];

/** The one rule of a link's health. Reasons come worst first; nothing measured at all is unknown. */
export function linkHealth(facts: LinkFacts): {
  readonly health: LinkHealth;
  readonly reasons: readonly LinkReason[];
} {
  const { operStatus, rx, tx, rxChangeDb, errors, discards, busyIn, busyOut } = facts;
  const found: readonly (LinkReason | null)[] = [
    operStatus !== null && DOWN.includes(operStatus)
      ? { kind: 'port-down', health: 'bad', value: null, limit: null, unit: null }
      : null,
    beyond('rx', rx),
    beyond('tx', tx),
    rxChangeDb !== null && rxChangeDb <= FALLING_DB
      ? { kind: 'rx-falling', health: 'watch', value: rxChangeDb, limit: FALLING_DB, unit: 'dB' }
      : null,
    lossOf('errors', errors, ERRORS),
    lossOf('discards', discards, DISCARDS),
    busy('busy-in', busyIn),
    busy('busy-out', busyOut),
  ];
  const reasons = found
    .filter((reason) => reason !== null)
    .sort((a, b) => Number(b.health === 'bad') - Number(a.health === 'bad'));
  const worst = reasons[0]?.health;
  if (worst !== undefined) return { health: worst, reasons };
  const isMeasured = [rx, errors, busyIn, busyOut].some((figure) => figure !== null);
  return { health: isMeasured ? 'good' : 'unknown', reasons };
}

function beyond(side: 'rx' | 'tx', power: OpticalPower | null): LinkReason | null {
  if (power === null || power.limits === null) return null;
  const { dbm, limits } = power;
  const { low, lowWarning, highWarning, high } = limits;
  const reason = (end: 'low' | 'high', health: 'watch' | 'bad', limit: number): LinkReason => {
    return { kind: `${side}-${end}`, health, value: dbm, limit, unit: 'dBm' };
  };
  if (low !== null && dbm < low) return reason('low', 'bad', low);
  if (high !== null && dbm > high) return reason('high', 'bad', high);
  if (lowWarning !== null && dbm < lowWarning) return reason('low', 'watch', lowWarning);
  return highWarning !== null && dbm > highWarning ? reason('high', 'watch', highWarning) : null;
}

function lossOf(kind: 'errors' | 'discards', rate: LossRate | null, lines: LossLines): LinkReason | null {
  if (rate === null) return null;
  const { perSecond, perMillion } = rate;
  for (const health of ['bad', 'watch'] as const) {
    const line = lines[health];
    if (perMillion === null) {
      const limit = (line.perMillion / 1e6) * UNKNOWN_PACKETS_PER_SECOND;
      if (perSecond >= limit) return { kind, health, value: perSecond, limit, unit: 'perSecond' };
    } else if (perMillion >= line.perMillion && perSecond >= line.perSecond) {
      return { kind, health, value: perMillion, limit: line.perMillion, unit: 'perMillion' };
    }
  }
  return null;
}

function busy(kind: 'busy-in' | 'busy-out', share: number | null): LinkReason | null {
  if (share === null || share < BUSY.watch) return null;
  const health = share >= BUSY.bad ? 'bad' : 'watch';
  return { kind, health, value: share, limit: BUSY[health], unit: 'share' };
}
