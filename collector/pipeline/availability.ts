import type { Observation } from '../../core/domain/next-state.ts';
import type { Sample } from '../../core/domain/sample.ts';

export type Availability = {
  /** Takes one check into account; `isDown` is what is known after it. @returns samples that are due */
  note(
    device: { readonly id: string; readonly usesPing: boolean },
    observation: Observation,
    isDown: boolean,
  ): readonly Sample[];
  /** What the open windows of a device, or of all, hold. */
  flush(deviceId?: string): readonly Sample[];
};

type Window = {
  readonly startedAt: number;
  readonly usesPing: boolean;
  at: number;
  up: number;
  down: number;
  /** Silent checks of which nobody knows yet whether they begin an outage. */
  pending: number;
  packets: number;
  answers: number;
  timed: number;
  roundTripMs: number;
  isDown: boolean;
};

/**
 * Sums up checks into one sample of each metric per window, so that a check each few seconds does not become as many rows.
 * A lost packet that did not lead to an outage counts as up, and nothing is written of the time nobody could see.
 */
export function createAvailability(windowMs: number): Availability {
  const windows = new Map<string, Window>();

  function close(id: string, window: Window): Sample[] {
    windows.delete(id);
    const { at, up, down, packets, answers, timed, roundTripMs, usesPing } = window;
    const samples: Sample[] = [];
    const add = (metric: string, value: number): void => {
      samples.push({ deviceId: id, metric, instance: '', value, kind: 'gauge', at });
    };
    if (up + down > 0) add('reachability.up', up / (up + down));
    if (timed > 0) add('reachability.response_ms', roundTripMs / timed);
    if (usesPing && timed > 0) add('ping.average_response_ms', roundTripMs / timed);
    if (usesPing && up + down > 0) add('ping.percent_packet_loss', 100 * (1 - answers / packets));
    return samples;
  }

  return {
    note({ id, usesPing }, observation, isDown) {
      const due: Sample[] = [];
      let window = windows.get(id);
      if (window !== undefined && window.isDown !== isDown) {
        // What was pending belongs to the outage that it turned out to begin.
        const pending = isDown ? window.pending : 0;
        window.pending = 0;
        due.push(...close(id, window));
        window = undefined;
        if (pending > 0)
          windows.set(id, { ...open(observation.at, usesPing, isDown), down: pending, packets: pending });
      }
      if (observation.kind === 'blind') {
        const left = windows.get(id);
        if (left !== undefined) due.push(...close(id, left));
        return due;
      }
      window = windows.get(id) ?? open(observation.at, usesPing, isDown);
      windows.set(id, window);
      // A silence that is still pending says nothing yet, not even its moment.
      if (observation.kind === 'answered' || isDown) window.at = observation.at;
      window.packets += observation.packets ?? 1;
      if (observation.kind === 'answered') {
        window.up += 1 + window.pending;
        window.pending = 0;
        window.answers++;
        if (observation.roundTripMs !== null) {
          window.timed++;
          window.roundTripMs += observation.roundTripMs;
        }
      } else if (isDown) window.down++;
      else window.pending++;
      if (window.pending === 0 && observation.at - window.startedAt >= windowMs) due.push(...close(id, window));
      return due;
    },
    flush(deviceId) {
      const chosen = deviceId === undefined ? [...windows] : [...windows].filter(([id]) => id === deviceId);
      return chosen.flatMap(([id, window]) => close(id, window));
    },
  };
}

const open = (at: number, usesPing: boolean, isDown: boolean): Window => ({
  startedAt: at,
  usesPing,
  at,
  up: 0,
  down: 0,
  pending: 0,
  packets: 0,
  answers: 0,
  timed: 0,
  roundTripMs: 0,
  isDown,
});
