import type { State } from '../core/domain/state.ts';
import type { ListenerStats } from './listener.ts';
import type { PollStats } from './pipeline/poll.ts';
import type { RecordStats } from './pipeline/record.ts';
import type { ScheduleStats } from './pipeline/schedule.ts';
import type { SightStats } from './pipeline/sight.ts';
import type { TransitionStats } from './pipeline/transitions.ts';
import type { BadReading } from './snmp/bad-reading.ts';

/** What the collector tells of itself, for /metrics and /readyz. Plain numbers, no secrets. */
export type CollectorStats = {
  readonly startedAt: number;
  /** Each device that was there at the start was asked once. */
  readonly firstRoundDone: boolean;
  readonly devices: Readonly<Record<State, number>>;
  /** Devices by the probe that tells whether they live. */
  readonly byProbe: Readonly<Record<string, number>>;
  readonly reach: ScheduleStats;
  readonly poll: ScheduleStats;
  readonly polls: PollStats;
  readonly samples: RecordStats;
  readonly transitions: TransitionStats;
  readonly sight: SightStats;
  readonly badReadings: Readonly<Partial<Record<BadReading, number>>>;
  /** What listeners count, by listener. */
  readonly listeners: Readonly<Record<string, ListenerStats>>;
  /** Latest heartbeat that was stored, UTC ms. */
  readonly lastBeatAt: number | null;
};
