import { onTestFinished } from 'vitest';
import { openPeer, type Peer } from './hotspot-peer.ts';
import { type HeardServer, startServer } from './server.ts';

/** A server that closes with the test it was started in, if the test has not closed it. */
export async function serverWithinTest(options: Parameters<typeof startServer>[0] = {}): Promise<HeardServer> {
  const server = await startServer(options);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= server.close();
    return closed;
  };
  onTestFinished(close);
  return { ...server, close };
}

/** A gateway that closes with the test it was opened in. */
export async function peerWithinTest(address?: string): Promise<Peer> {
  const peer = await openPeer(undefined, address);
  onTestFinished(peer.close);
  return peer;
}
