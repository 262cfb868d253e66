/**
 * Metric names follow Telegraf: `measurement.field`, with the unit in the field
 * (`ping.average_response_ms`, `interface.ifHCInOctets`).
 */
export type Metric = string;

/**
 * What came back from a device: one value of one metric.
 * `counter` only grows; a fall means that the device started again. Counters are handed on already unwrapped:
 * a 32-bit counter that wrapped without a restart continues past 2^32.
 */
export type Reading = {
  readonly metric: Metric;
  /** Row of a table: ifIndex, storage index, sensor name. Empty for a scalar. */
  readonly instance: string;
  readonly value: number;
  readonly kind: 'gauge' | 'counter';
};

/** A reading with its device and moment (UTC ms). */
export type Sample = Reading & { readonly deviceId: string; readonly at: number };
