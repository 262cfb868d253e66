/** What a person is let in with; null = no limit. Families take of it what they can enforce. */
export type Grant = {
  readonly seconds: number | null;
  readonly idleSeconds: number | null;
  readonly downKbit: number | null;
  readonly upKbit: number | null;
  /** Octets in both directions together. */
  readonly totalOctets: number | null;
};

/** Why somebody is not let in, as a stable code for dictionaries, counts and RADIUS Reply-Messages. */
export const REFUSALS = [
  'closed',
  'day-time-used',
  'month-time-used',
  'day-data-used',
  'month-data-used',
  'too-many-devices',
  'wrong-code',
  'voucher-expired',
  'voucher-void',
  'voucher-elsewhere',
  'wrong-password',
  'pause',
  'budget',
  'stale-page',
  'not-offered',
  'portal-off',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What was used in the day and month of the province's zone so far. */
export type Usage = {
  readonly daySeconds: number;
  readonly monthSeconds: number;
  readonly dayOctets: number;
  readonly monthOctets: number;
  /** Sessions of the same person that are alive on other devices. */
  readonly otherDevices: number;
};

export type Decision =
  | { readonly kind: 'grant'; readonly grant: Grant }
  /** `opensAt`: minutes since midnight, with `closed`. */
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly opensAt?: number };
