import { once } from 'node:events';
import { connect } from 'node:net';
import { ProbeError } from '../core/domain/errors.ts';
import { fpingRound } from './fping.ts';
import type { Resolve } from './resolve.ts';

/**
 * Asks a sentinel: an address by ping, `tcp://ADDRESS:PORT` by a connection (refusing is an answer too).
 * Where this machine cannot ping at all, the sentinel proves nothing and counts as answering.
 */
export async function askSentinel(sentinel: string, timeoutMs: number, resolve: Resolve): Promise<boolean> {
  try {
    if (sentinel.startsWith('tcp://')) {
      const { hostname, port } = new URL(sentinel);
      return await connects(await resolve(hostname.replace(/^\[|\]$/g, '')), Number(port), timeoutMs);
    }
    const address = await resolve(sentinel);
    return ((await fpingRound([address], timeoutMs)).get(address) ?? null) !== null;
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    return error.failure === 'not-supported';
  }
}

async function connects(host: string, port: number, timeoutMs: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) });
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
  } finally {
    socket.on('error', () => {});
    socket.destroy();
  }
}
