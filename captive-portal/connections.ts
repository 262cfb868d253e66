import type { Socket } from 'node:net';

/**
 * Keeps the number of connections bounded: when there are too many, the one goes that has waited longest without a
 * request of its own being answered. Thousands of silent or slow clients so cost nobody else a place.
 */
export function connections(most: number) {
  /** In order of how long they wait. */
  const waiting = new Set<Socket>();
  const busy = new Map<Socket, number>();
  let dropped = 0;

  function forget(socket: Socket): void {
    waiting.delete(socket);
    busy.delete(socket);
  }

  return {
    opened(socket: Socket): void {
      waiting.add(socket);
      socket.once('close', () => forget(socket));
      if (waiting.size + busy.size <= most) return;
      const [oldest] = waiting;
      if (oldest === undefined) return;
      dropped += 1;
      forget(oldest);
      oldest.destroy();
    },
    /** A whole request is there and is being answered. */
    working(socket: Socket): void {
      waiting.delete(socket);
      busy.set(socket, (busy.get(socket) ?? 0) + 1);
    },
    done(socket: Socket): void {
      const under = (busy.get(socket) ?? 1) - 1;
      if (under > 0) {
        busy.set(socket, under);
        return;
      }
      busy.delete(socket);
      if (!socket.destroyed) waiting.add(socket);
    },
    stats: () => ({ waiting: waiting.size, busy: busy.size, dropped }),
  };
}
