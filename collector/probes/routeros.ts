import { Type } from 'typebox';
import { ProbeError } from '../../core/domain/errors.ts';
import type { ProbeKind } from '../../core/domain/probe-kind.ts';
import { openTcp } from '../connecting.ts';
import type { WatchedDevice } from '../pipeline/watched-device.ts';
import type { OpenProbe } from '../probe.ts';
import { createConnections } from '../routeros/connections.ts';
import { ROUTEROS_CREDENTIAL, signInOf } from '../routeros/credential.ts';
import { loadReadingGroups, type ReadingGroups } from '../routeros/group.ts';
import { identifyRouterOs } from '../routeros/identify.ts';
import type { Run } from '../routeros/kept-connection.ts';
import { createRouterOsPolls } from '../routeros/polls.ts';
import type { RouterOsTarget } from '../routeros/target.ts';

const HEARTBEAT = ['/system/resource/print', '=.proplist=uptime'];

export const kind: ProbeKind = {
  title: { id: 'API RouterOS', en: 'RouterOS API' },
  settings: Type.Object(
    {
      /** Where the service `api` listens, if elsewhere than the credential says. */
      port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
    },
    { additionalProperties: false },
  ),
  credentials: [ROUTEROS_CREDENTIAL],
};

/** MikroTik's own protocol, on one connection a device that is kept open. As a heartbeat it asks for the uptime. */
export const open = ((tools) => {
  const { resolve, clock, count, identifyEvery, pollTimeoutMs } = tools;
  const connections = createConnections(clock);
  let loaded: Promise<ReadingGroups> | null = null;
  const groups = (): Promise<ReadingGroups> => {
    loaded ??= loadReadingGroups();
    return loaded;
  };
  const polls = createRouterOsPolls({ groups, clock, count, identifyEvery });

  async function targetOf({ host, credential, settings: { port } }: WatchedDevice): Promise<RouterOsTarget> {
    const signIn = signInOf(credential);
    if (signIn === null) throw new ProbeError('not-supported', 'the device has no credential for the RouterOS API');
    return { ...signIn, ...(typeof port === 'number' ? { port } : {}), host, address: await resolve(host) };
  }

  return {
    async reach(device, timeoutMs) {
      const target = await targetOf(device);
      const connection = connections.of(device.id, target);
      // Its login is wrong, and too fresh to be tried again: whether it lives shows without one.
      if (connection.resting?.failure === 'auth') {
        (await openTcp(target, AbortSignal.timeout(timeoutMs))).destroy();
        return { roundTripMs: null };
      }
      const wasOpen = connection.isOpen;
      const startedAt = performance.now();
      try {
        await connection.run(HEARTBEAT, { timeoutMs, maxRows: 1 });
        // Connecting and signing in are not what a round trip is.
        return { roundTripMs: wasOpen ? performance.now() - startedAt : null };
      } catch (error) {
        // Refusing is a sign of life.
        if (error instanceof ProbeError && error.failure === 'auth') return { roundTripMs: null };
        throw error;
      }
    },
    async poll(device) {
      const connection = connections.of(device.id, await targetOf(device));
      return await polls.poll(device.id, connection.run, device.timeoutMs ?? pollTimeoutMs);
    },
    async inspect(device, hear, signal) {
      const { run } = connections.of(device.id, await targetOf(device));
      const overheard: Run = async (words, options) => {
        signal.throwIfAborted();
        const answer = await run(words, options);
        for (const [at, row] of answer.rows.entries())
          for (const [name, value] of row) hear(`${words[0] ?? ''} ${at + 1}`, name, value);
        return answer;
      };
      const timeoutMs = device.timeoutMs ?? pollTimeoutMs;
      return await identifyRouterOs(overheard, { groups: await groups(), clock, timeoutMs });
    },
    identifyAgain: polls.identifyAgain,
    forget(deviceId) {
      polls.forget(deviceId);
      connections.forget(deviceId);
    },
    stats: polls.stats,
    close: connections.close,
  };
}) satisfies OpenProbe;
