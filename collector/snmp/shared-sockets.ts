import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';

/** What the sockets together can hold unread; the system may allow less. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;
/** Several, because the kernel bounds what waits unread on one. */
const SOCKETS_PER_FAMILY = 4;

export type SharedSockets = {
  /** @param slot chooses the socket: the same slot sends from the same port */
  send(slot: number, message: Uint8Array, port: number, address: string, onError: (error: Error) => void): void;
  close(): Promise<void>;
};

/**
 * A handful of UDP sockets for any number of devices, opened when first needed. `onMessage` hears on which slot a
 * datagram came; it must not throw.
 */
export function openSharedSockets(onMessage: (message: Buffer, from: RemoteInfo, slot: number) => void): SharedSockets {
  const sockets = new Map<string, Socket>();
  let isClosed = false;

  function socketFor(slot: number, family: 'udp4' | 'udp6'): Socket {
    const index = slot % SOCKETS_PER_FAMILY;
    const key = `${family}/${index}`;
    const known = sockets.get(key);
    if (known !== undefined) return known;
    const socket = createSocket({
      type: family,
      // Addresses need no look-up; without this every datagram would pass through one.
      lookup: (host, _options, callback) => callback(null, host, family === 'udp4' ? 4 : 6),
    });
    socket.on('message', (message, from) => onMessage(message, from, index));
    socket.on('error', () => {
      // Errors of single datagrams come back through send; a socket that is broken is opened anew.
      sockets.delete(key);
      socket.close();
    });
    socket.once('listening', () => {
      try {
        socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
      } catch {
        // The system's own size must do.
      }
    });
    socket.unref();
    sockets.set(key, socket);
    return socket;
  }

  return {
    send(slot, message, port, address, onError) {
      if (isClosed) return onError(new Error('the sockets are closed'));
      const socket = socketFor(slot, address.includes(':') ? 'udp6' : 'udp4');
      try {
        socket.send(message, 0, message.length, port, address, (error) => {
          if (error !== null) onError(error);
        });
      } catch (error) {
        onError(error instanceof Error ? error : new Error(String(error)));
      }
    },
    async close() {
      isClosed = true;
      const open = [...sockets.values()];
      sockets.clear();
      await Promise.all(open.map((socket) => new Promise<void>((done) => socket.close(() => done()))));
    },
  };
}

export const slotOf = (id: number): number => id % SOCKETS_PER_FAMILY;
