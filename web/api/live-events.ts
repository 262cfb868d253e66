import type { LiveEvent } from '../../core/contract/live.ts';

type Listener = (events: readonly LiveEvent[]) => void;
const listeners = new Set<Listener>();

/** Hands over what the live line brings, some at a time: for pictures that hold more than a query could merge. */
export function onLiveEvents(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function tellLiveEvents(events: readonly LiveEvent[]): void {
  for (const listener of listeners) listener(events);
}
