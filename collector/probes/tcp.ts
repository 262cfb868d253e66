import { once } from 'node:events';
import { connect } from 'node:net';
import { Type } from 'typebox';
import { ProbeError } from '../../core/domain/errors.ts';
import type { ProbeKind } from '../../core/domain/probe-kind.ts';
import type { OpenProbe } from '../probe.ts';

export const kind: ProbeKind = {
  title: { id: 'Sambungan TCP', en: 'TCP connection' },
  settings: Type.Object({}, { additionalProperties: false }),
  credentials: [],
};

/** Opens a TCP connection and times it: for devices that answer nothing else. */
export const open = (({ resolve }) => ({
  async reach({ host, tcpPort }, timeoutMs) {
    if (tcpPort === null) throw new ProbeError('not-supported', 'the device has no TCP port to try');
    const address = await resolve(host);
    const signal = AbortSignal.timeout(timeoutMs);
    const startedAt = performance.now();
    const socket = connect({ host: address, port: tcpPort });
    try {
      await once(socket, 'connect', { signal });
      return { roundTripMs: performance.now() - startedAt };
    } catch (cause) {
      if (signal.aborted) throw new ProbeError('timeout', `${host}:${tcpPort} did not connect`, { cause });
      const isRefused = cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
      throw new ProbeError(isRefused ? 'refused' : 'unreachable', `${host}:${tcpPort} did not connect`, { cause });
    } finally {
      // An error may still come after the signal; nobody waits for it any more.
      socket.on('error', () => {});
      socket.destroy();
    }
  },
  async close() {},
})) satisfies OpenProbe;
