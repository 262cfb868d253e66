import type { Bus, BusEvent, BusMessage } from './bus.ts';

/** A bus inside one process. A listener that throws does not keep the others from hearing; `onError` is told. */
export function memoryBus(onError: (error: unknown) => void): Bus {
  const listeners = new Set<(event: BusEvent) => void>();
  const hearers = new Set<(message: BusMessage) => void>();
  function tell<T>(all: ReadonlySet<(said: T) => void>, said: T): void {
    for (const listener of all) {
      try {
        listener(said);
      } catch (error) {
        onError(error);
      }
    }
  }
  return {
    publish: (event) => tell(listeners, event),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: (message) => tell(hearers, message),
    hear(listener) {
      hearers.add(listener);
      return () => hearers.delete(listener);
    },
    async close() {
      listeners.clear();
      hearers.clear();
    },
  };
}
