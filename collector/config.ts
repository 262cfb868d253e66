import { MINUTE, SECOND } from '../core/domain/clock.ts';
import { DEFAULT_STATE_POLICY, type StatePolicy } from '../core/domain/next-state.ts';
import type { ListenerSettings } from './listener.ts';

export type CollectorConfig = {
  readonly listeners: ListenerSettings;
  /** Name of this collector; its heartbeat bears it. */
  readonly name: string;
  /**
   * Hosts that answer as long as the collector's own way out is open, e.g. the gateway: an address (pinged), or
   * `tcp://ADDRESS:PORT`. When all are silent, nobody else is said to be down.
   */
  readonly sentinels: readonly string[];
  readonly policy: StatePolicy;
  /** Defaults for devices that say nothing of their own. The doc of `DEFAULT_STATE_POLICY` reckons with them. */
  readonly reachIntervalMs: number;
  /** Patience for one packet. */
  readonly reachTimeoutMs: number;
  readonly pollIntervalMs: number;
  readonly pollTimeoutMs: number;
  readonly pollRetries: number;
  /** Devices met for the first time are polled within this time. */
  readonly firstPollWithinMs: number;
  readonly identifyEvery: number;
  readonly maxReachInFlight: number;
  readonly maxPollsInFlight: number;
  /** Checks are summed up into one sample of each reachability metric per window. */
  readonly reachWindowMs: number;
  readonly heartbeatMs: number;
  /** How often what was seen is written where no state changed. */
  readonly touchMs: number;
  /** When devices were last seen is kept on disk so often: an outage in which the process was killed is dated by it. */
  readonly sightingsMs: number;
  /** After a standstill of this length what was watched is unknown until it is seen again. */
  readonly blindAfterMs: number;
  /** How often the inventory is read anew, besides when it says that it changed. */
  readonly refreshMs: number;
};

export const DEFAULT_COLLECTOR_CONFIG: CollectorConfig = {
  name: 'collector',
  listeners: { mqtt: null, snmpTrap: null },
  sentinels: [],
  policy: DEFAULT_STATE_POLICY,
  reachIntervalMs: 5_500,
  reachTimeoutMs: 1_350,
  pollIntervalMs: MINUTE,
  pollTimeoutMs: 2 * SECOND,
  pollRetries: 1,
  firstPollWithinMs: 20 * SECOND,
  identifyEvery: 60,
  maxReachInFlight: 16_384,
  maxPollsInFlight: 512,
  reachWindowMs: 30 * SECOND,
  heartbeatMs: 5 * SECOND,
  touchMs: 15 * SECOND,
  sightingsMs: 3 * SECOND,
  blindAfterMs: 15 * SECOND,
  refreshMs: 30 * SECOND,
};
