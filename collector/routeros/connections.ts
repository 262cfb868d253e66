import type { Clock } from '../../core/domain/clock.ts';
import { type KeptConnection, keepConnection } from './kept-connection.ts';
import { isSameTarget, type RouterOsTarget } from './target.ts';

/** The kept connections of all devices, one each. */
export type Connections = {
  /** A device whose address or credential changed gets another. */
  of(deviceId: string, target: RouterOsTarget): KeptConnection;
  forget(deviceId: string): void;
  readonly size: number;
  close(): Promise<void>;
};

export function createConnections(
  clock: Clock,
  keep: (target: RouterOsTarget, options: { clock: Clock }) => KeptConnection = keepConnection,
): Connections {
  const kept = new Map<string, { readonly target: RouterOsTarget; readonly connection: KeptConnection }>();
  /** Connections that are being closed. */
  const leaving = new Set<Promise<void>>();

  function leave(connection: KeptConnection): void {
    const left = connection.close().finally(() => leaving.delete(left));
    leaving.add(left);
  }

  function forget(deviceId: string): void {
    const entry = kept.get(deviceId);
    kept.delete(deviceId);
    if (entry !== undefined) leave(entry.connection);
  }

  return {
    of(deviceId, target) {
      const entry = kept.get(deviceId);
      if (entry !== undefined && isSameTarget(entry.target, target)) return entry.connection;
      forget(deviceId);
      const connection = keep(target, { clock });
      kept.set(deviceId, { target, connection });
      return connection;
    },
    forget,
    get size() {
      return kept.size;
    },
    async close() {
      for (const deviceId of [...kept.keys()]) forget(deviceId);
      await Promise.all(leaving);
    },
  };
}
