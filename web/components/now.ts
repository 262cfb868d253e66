import { useSyncExternalStore } from 'react';
import { SECOND } from '../../core/domain/clock.ts';
import { serverNow } from '../api/endpoint.ts';

const TICK_MS = 10 * SECOND;
const listeners = new Set<() => void>();
let current = serverNow();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  current = serverNow();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    current = serverNow();
    timer = setInterval(tick, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The server's time, moving in steps of ten seconds: one clock for every age on the screen. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => current);
