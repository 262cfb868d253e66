import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Bursts after a power cut wait here; the system may give less. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

export type UdpPort = {
  readonly port: number;
  send(octets: Buffer, port: number, address: string): void;
  close(): Promise<void>;
};

/** An address as the list of NAS has it: IPv4 in dotted form, also where it came over a socket of IPv6. */
export const plainAddress = (address: string): string => MAPPED.exec(address)?.[1] ?? address;

/**
 * @param receive gets the sender's address as `plainAddress`, and once more as an answer needs it
 * @throws the system's error where the port cannot be had
 */
export async function openUdp(
  bind: string,
  port: number,
  receive: (octets: Buffer, from: { readonly address: string; readonly port: number; readonly raw: string }) => void,
  failed: (error: Error) => void,
): Promise<UdpPort> {
  const socket = createSocket(bind.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (octets, { address, port: sender }) => {
    // Nothing can be answered to port 0.
    if (sender !== 0) receive(octets, { address: plainAddress(address), port: sender, raw: address });
  });
  try {
    const bound = once(socket, 'listening');
    socket.bind({ address: bind, port });
    await bound;
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.on('error', failed);
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
  } catch {
    // The system's own size must do.
  }
  let isClosed = false;
  const sending = new Set<Promise<void>>();
  return {
    port: socket.address().port,
    send(octets, to, address) {
      if (isClosed) return;
      // Whether it arrives is the asker's concern: it asks again.
      const sent = new Promise<void>((resolve) => socket.send(octets, to, address, () => resolve()));
      sending.add(sent);
      void sent.then(() => sending.delete(sent));
    },
    async close() {
      isClosed = true;
      // What was given to the socket a moment ago has not left it yet.
      await Promise.all(sending);
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
