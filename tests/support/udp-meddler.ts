import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Stands between a client and a server of loopback, and may change what the server answers. */
export async function startMeddler(
  serverPort: number,
  meddle: (answer: Buffer) => readonly Buffer[],
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const front = createSocket('udp4').bind(0, '127.0.0.1');
  await once(front, 'listening');
  const backs = new Map<number, ReturnType<typeof createSocket>>();
  front.on('message', (question, from) => {
    let back = backs.get(from.port);
    if (back === undefined) {
      back = createSocket('udp4');
      back.on('message', (answer) => {
        for (const datagram of meddle(answer)) front.send(datagram, from.port, from.address, () => {});
      });
      backs.set(from.port, back);
    }
    back.send(question, serverPort, '127.0.0.1', () => {});
  });
  return {
    port: front.address().port,
    async stop() {
      for (const socket of [front, ...backs.values()]) {
        socket.close();
        await once(socket, 'close');
      }
    },
  };
}
