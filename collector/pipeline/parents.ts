import type { Clock } from '../../core/domain/clock.ts';
import { type DeviceStatus, isBehindParent } from '../../core/domain/next-state.ts';
import type { Timers } from '../../core/timers.ts';
import type { Kinship } from './kinship.ts';

/** Whose a silence is: the device's own, or that of all it is reached through. */
export type Verdict = 'own' | 'cut-off' | 'stopped';

/** Judges silence by what lies before a device. */
export type Parents = {
  /** The device does not answer: what lies before it is checked at once, so that it is known when the device falls. */
  doubt(deviceId: string): void;
  /** As `doubt`, and answers that what lies before it gave until now count no longer: it may have been cut since. */
  doubtAnew(deviceId: string): void;
  /** Nothing is in doubt any more. */
  believe(deviceId: string): void;
  /** Everything it is reached through is down, or came back too lately for those behind it. */
  isCutOff(deviceId: string): boolean;
  /** It has several ways and one of them is down. */
  isOnePath(deviceId: string): boolean;
  /** Waits until what lies before the device is verified, or `mostMs` are over. */
  judge(deviceId: string, mostMs: number): Promise<Verdict>;
  /** After each observation of a device. */
  noted(deviceId: string, previous: DeviceStatus, status: DeviceStatus): void;
  forget(deviceId: string): void;
  /** Whoever waits is let go. */
  stop(): void;
};

/** What lies behind a device that came back may need so long to be found by routing, and is not judged before. */
const RETURN_GRACE_MS = 20_000;
/** Children are checked again one by one, so that their answers do not come all at once. */
const RECHECK_SPREAD_MS = 1;

export function createParents(options: {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly kinship: Pick<Kinship, 'parentsOf' | 'childrenOf' | 'ancestorsOf'>;
  /** Undefined for a device of which nothing is known. */
  readonly statusOf: (deviceId: string) => DeviceStatus | undefined;
  readonly checkAgain: (deviceId: string, delayMs: number) => void;
}): Parents {
  const { clock, timers, kinship, statusOf, checkAgain } = options;
  /** Since when a device is in doubt: an answer of its parent counts only from then on. */
  const doubts = new Map<string, number>();
  /** When a device came back, by the timers' time. */
  const returns = new Map<string, number>();
  const waiting = new Map<string, Set<() => void>>();
  let isStopped = false;

  const isKnownOut = (id: string): boolean => {
    const status = statusOf(id);
    return status !== undefined && isOut(status);
  };
  const isInGrace = (id: string): boolean =>
    timers.now() - (returns.get(id) ?? Number.NEGATIVE_INFINITY) < RETURN_GRACE_MS;

  function isCutOff(id: string): boolean {
    const parents = kinship.parentsOf(id);
    if (parents.length === 0) return false;
    if (parents.every(isKnownOut)) return true;
    const status = statusOf(id);
    return (
      status !== undefined &&
      isBehindParent(status) &&
      parents.every((parent) => isKnownOut(parent) || isInGrace(parent))
    );
  }

  function doubt(id: string): void {
    if (!doubts.has(id)) doubtAnew(id);
  }

  function doubtAnew(id: string): void {
    doubts.set(id, clock());
    for (const ancestor of kinship.ancestorsOf(id)) if (!isKnownOut(ancestor)) checkAgain(ancestor, 0);
  }

  function verdictOf(id: string): Verdict | null {
    if (isCutOff(id)) return 'cut-off';
    const since = doubts.get(id) ?? clock();
    const isVerified = (parent: string): boolean =>
      !isKnownOut(parent) && (statusOf(parent)?.lastSeenAt ?? Number.NEGATIVE_INFINITY) >= since;
    const parents = kinship.parentsOf(id);
    return parents.length === 0 || parents.some(isVerified) ? 'own' : null;
  }

  /** Resolves when one of these devices was observed, or the time is over. */
  function anyNews(ids: readonly string[], mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = timers.after(mostMs, wake);
      function wake(): void {
        cancel();
        for (const id of ids) {
          const others = waiting.get(id);
          others?.delete(wake);
          if (others?.size === 0) waiting.delete(id);
        }
        resolve();
      }
      for (const id of ids) waiting.set(id, (waiting.get(id) ?? new Set()).add(wake));
    });
  }

  function cameBack(id: string): void {
    returns.set(id, timers.now());
    let place = 0;
    for (const child of kinship.childrenOf(id)) {
      const status = statusOf(child);
      if (status === undefined || !isBehindParent(status)) continue;
      checkAgain(child, RECHECK_SPREAD_MS * place++);
    }
  }

  return {
    doubt,
    doubtAnew,
    believe: (id) => void doubts.delete(id),
    isCutOff,
    isOnePath(id) {
      const parents = kinship.parentsOf(id);
      return parents.length > 1 && parents.some(isKnownOut);
    },
    async judge(id, mostMs) {
      doubt(id);
      const until = timers.now() + mostMs;
      for (;;) {
        if (isStopped) return 'stopped';
        const verdict = verdictOf(id);
        if (verdict !== null) return verdict;
        const leftMs = until - timers.now();
        if (leftMs <= 0) return 'own';
        await anyNews(kinship.parentsOf(id), leftMs);
      }
    },
    noted(id, previous, status) {
      if (status.state === 'down' || isBehindParent(status)) doubts.delete(id);
      if (isOut(previous) && !isOut(status) && status.lastSeenAt === status.memory.observedAt) cameBack(id);
      for (const wake of [...(waiting.get(id) ?? [])]) wake();
    },
    forget(id) {
      doubts.delete(id);
      returns.delete(id);
    },
    stop() {
      isStopped = true;
      for (const wakes of [...waiting.values()]) for (const wake of [...wakes]) wake();
    },
  };
}

/** Down, or behind something that is; no longer so with the first answer, even while that awaits confirmation. */
const isOut = (status: DeviceStatus): boolean =>
  (status.state === 'down' && status.memory.answers === 0) || isBehindParent(status);
