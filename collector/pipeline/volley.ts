import type { Clock } from '../../core/domain/clock.ts';
import type { ProbeError, ProbeFailure } from '../../core/domain/errors.ts';
import type { Timers } from '../../core/timers.ts';
import type { Asked } from './ask.ts';

export type VolleyOptions = {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Sends one packet and waits for its answer with its own patience; never rejects for silence. */
  readonly send: () => Promise<Asked>;
  /** Packets that must be lost before anyone believes it. 1: a single question. */
  readonly packets: number;
  /** From the first packet to the second, and between all others. */
  readonly firstGapMs: number;
  readonly gapMs: number;
  /** Told before each further packet, and at each silence, how many have left. @returns how many must be lost by now */
  readonly inDoubt: (sent: number) => number;
};

/**
 * One check. While its first packet is not answered others follow it, each with its own patience: any answer to any of
 * them ends the check. Lost packets are counted as independent of each other, which those are that leave apart.
 */
export function sendVolley(options: VolleyOptions): Promise<Asked> {
  const { clock, timers, send, packets, firstGapMs, gapMs, inDoubt } = options;
  if (packets <= 1) return send();
  return new Promise((resolve, reject) => {
    const since = clock();
    const failures = new Set<ProbeError | undefined>();
    let needed = packets;
    let sent = 0;
    let underWay = 0;
    let silence = 0;
    let isSettled = false;
    let cancel: (() => void) | null = null;

    function settle(outcome: Asked): void {
      if (isSettled) return;
      isSettled = true;
      cancel?.();
      resolve(outcome);
    }

    function next(): void {
      cancel = null;
      if (sent > 0) needed = inDoubt(sent);
      if (silence >= needed) {
        silent('timeout');
        return;
      }
      sent++;
      underWay++;
      const ordinal = sent;
      send().then(
        (asked) => take(asked, ordinal),
        (error: unknown) => {
          isSettled = true;
          cancel?.();
          reject(error);
        },
      );
      if (hasMore()) cancel = timers.after(sent === 1 ? firstGapMs : gapMs, next);
    }

    /** A failure that is handed out again (a router that rests between two attempts to connect) takes no packet's place. */
    const hasMore = (): boolean => !isSettled && silence + underWay < needed && sent < 2 * packets;

    function take({ observation, answer, error }: Asked, ordinal: number): void {
      if (isSettled) return;
      underWay--;
      if (observation.kind === 'answered') {
        const lossPercent = (100 * (ordinal - 1)) / ordinal;
        settle({ observation: { ...observation, lossPercent, packets: ordinal }, ...(answer && { answer }) });
      } else if (observation.kind === 'blind') settle({ observation });
      else {
        if (error === undefined || !failures.has(error)) silence += weightOf(observation.failure, packets);
        failures.add(error);
        needed = inDoubt(sent);
        if (silence >= needed || (underWay === 0 && cancel === null && !hasMore())) silent(observation.failure);
        else if (cancel === null && hasMore()) cancel = timers.after(gapMs, next);
      }
    }

    function silent(failure: ProbeFailure): void {
      settle({ observation: { kind: 'silent', at: clock(), since, failure, packets: Math.max(1, silence) } });
    }

    next();
  });
}

/** What came back as a refusal was not lost on the way: it weighs as much as a third of all packets. */
const weightOf = (failure: ProbeFailure, packets: number): number =>
  failure === 'timeout' || failure === 'unreachable' ? 1 : Math.ceil(packets / 3);
