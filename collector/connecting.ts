import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ProbeError, type ProbeFailure } from '../core/domain/errors.ts';

const FAILURES: Readonly<Record<string, ProbeFailure>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'refused',
  ETIMEDOUT: 'timeout',
};

/** Code of an error of the system or of TLS; empty where it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/**
 * Opens a TCP connection. The socket has a listener for errors, so that one which comes later ends nothing.
 * @throws ProbeError `timeout` where the signal aborts first, `refused`, `unreachable`; nothing is left open then
 */
export async function openTcp(target: { address: string; port: number }, signal: AbortSignal): Promise<Socket> {
  const { address, port } = target;
  const where = `${address}:${port}`;
  if (signal.aborted) throw new ProbeError('timeout', `${where} did not connect`);
  const socket = connect({ host: address, port });
  socket.on('error', () => {});
  try {
    await once(socket, 'connect', { signal });
    socket.setNoDelay(true);
    return socket;
  } catch (cause) {
    socket.destroy();
    if (signal.aborted) throw new ProbeError('timeout', `${where} did not connect`);
    throw new ProbeError(FAILURES[codeOf(cause)] ?? 'unreachable', `${where} did not connect`, { cause });
  }
}
