import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

/** Two UDP ports in a row, the first one even, as RTP and RTCP want them (RFC 3550, section 11). */
export type UdpPair = {
  readonly port: number;
  /** Hears datagrams on the first port that come from the given address. */
  onPacket(hear: (packet: Buffer) => void): void;
  close(): Promise<void>;
};

const TRIES = 20;

/** Null where no two free ports in a row were found. */
export async function openUdpPair(peer: string): Promise<UdpPair | null> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const first = await bind(peer, 0);
    const port = first?.address().port ?? 1;
    const second = first !== null && port % 2 === 0 ? await bind(peer, port + 1) : null;
    if (first !== null && second !== null) {
      return {
        port,
        onPacket(hear) {
          first.on('message', (packet, from) => {
            if (from.address === peer) hear(packet);
          });
        },
        close: async () => void (await Promise.all([close(first), close(second)])),
      };
    }
    if (first !== null) await close(first);
  }
  return null;
}

async function bind(peer: string, port: number): Promise<Socket | null> {
  const socket = createSocket(isIPv6(peer) ? 'udp6' : 'udp4');
  try {
    const bound = once(socket, 'listening');
    socket.bind({ port, exclusive: true });
    await bound;
    socket.on('error', () => {});
    return socket;
  } catch {
    socket.close();
    return null;
  }
}

async function close(socket: Socket): Promise<void> {
  const closed = once(socket, 'close');
  socket.close();
  await closed;
}
