import { once } from 'node:events';
import type { Server, Socket } from 'node:net';

/** Listens on 127.0.0.1. @param port 0: any free one @returns the port @throws where it is taken */
export async function listenOn(server: Server, port: number): Promise<number> {
  const listening = once(server, 'listening');
  server.listen({ port, host: '127.0.0.1', exclusive: true });
  await listening;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the agent has no port');
  return address.port;
}

/** Stops listening and drops every connection, as a device does whose power fails. */
export async function dropAll(server: Server, sockets: Iterable<Socket>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const socket of sockets) socket.destroy();
  await closed;
}
