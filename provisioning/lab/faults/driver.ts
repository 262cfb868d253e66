import type { Clock } from '../../../core/domain/clock.ts';
import type { Log } from '../../../core/log/log.ts';
import type { Lab } from '../lab.ts';
import type { Fault, FaultEffect } from './fault.ts';
import { SLOW_MS } from './fault.ts';

/** Carries out faults when their time has come. */
export type FaultDriver = {
  /** Does what is due by the clock; to be called about once a second. */
  tick(): Promise<void>;
  /** Strikes in addition to the script. */
  strike(fault: Fault): void;
  /** What strikes now, or is about to. */
  current(): readonly Fault[];
  /** Stops the script; what strikes already ends in its own time. */
  pause(): void;
  resume(): void;
  readonly isPaused: boolean;
};

type Strike = { readonly fault: Fault; readonly begun: Set<FaultEffect>; readonly ended: Set<FaultEffect> };

export function createFaultDriver(
  lab: Lab,
  { script, clock, log }: { script: Iterator<Fault, unknown> | null; clock: Clock; log: Log },
): FaultDriver {
  const strikes: Strike[] = [];
  let isPaused = script === null;
  let isBusy = false;

  const strike = (fault: Fault): void => {
    strikes.push({ fault, begun: new Set(), ended: new Set() });
  };

  /** The script's next fault waits in line; those whose time passed while it was paused are left out. */
  function drawNext(now: number): void {
    if (script === null || isPaused || strikes.some(({ fault }) => fault.to > now)) return;
    for (let tried = 0; tried < 1_000; tried++) {
      const next = script.next();
      if (next.done) return;
      if (next.value.from < now || next.value.effects.some(({ deviceCode }) => lab.touched.has(deviceCode))) continue;
      strike(next.value);
      return;
    }
  }

  async function begin(fault: Fault, { deviceCode, effect }: FaultEffect): Promise<void> {
    // A person may have stopped or started it since; their word counts.
    if (lab.touched.has(deviceCode)) return;
    if (effect === 'slow') await lab.slowFor(deviceCode, SLOW_MS);
    else await lab.hold(deviceCode, fault.id, effect);
  }

  async function end(fault: Fault, { deviceCode, effect }: FaultEffect): Promise<void> {
    if (effect === 'slow') {
      if (!lab.touched.has(deviceCode)) await lab.slowFor(deviceCode, 0);
    } else await lab.release(deviceCode, fault.id);
  }

  async function advance(now: number): Promise<void> {
    drawNext(now);
    for (const { fault, begun, ended } of strikes) {
      for (const effect of fault.effects) {
        if (effect.from <= now && !begun.has(effect)) {
          if (begun.size === 0) log.info({ kind: fault.kind, place: fault.place }, 'a fault of the lab begins');
          begun.add(effect);
          if (effect.to > now) await begin(fault, effect);
          else ended.add(effect);
        }
        if (effect.to <= now && begun.has(effect) && !ended.has(effect)) {
          ended.add(effect);
          await end(fault, effect);
        }
      }
    }
    const over = strikes.findIndex(({ fault, ended }) => fault.to <= now && ended.size === fault.effects.length);
    if (over >= 0) {
      log.info({ kind: strikes[over]?.fault.kind, place: strikes[over]?.fault.place }, 'a fault of the lab is over');
      strikes.splice(over, 1);
    }
  }

  return {
    async tick() {
      if (isBusy) return;
      isBusy = true;
      try {
        await advance(clock());
      } finally {
        isBusy = false;
      }
    },
    strike,
    current: () => strikes.map(({ fault }) => fault),
    pause() {
      isPaused = true;
      const now = clock();
      for (let at = strikes.length - 1; at >= 0; at--) if ((strikes[at]?.fault.from ?? 0) > now) strikes.splice(at, 1);
    },
    resume() {
      isPaused = script === null;
    },
    get isPaused() {
      return isPaused;
    },
  };
}
