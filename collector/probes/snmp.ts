import { Type } from 'typebox';
import { ProbeError } from '../../core/domain/errors.ts';
import type { ProbeKind } from '../../core/domain/probe-kind.ts';
import type { OpenProbe } from '../probe.ts';
import { probeHost } from '../probe-host.ts';
import { overheard } from '../raw-log.ts';
import { SYS_UP_TIME } from '../readings/system.ts';
import { createSnmpClient } from '../snmp/client.ts';
import { SNMP_CREDENTIALS, securityOf } from '../snmp/security-of.ts';
import { createSnmpPolls } from '../snmp/snmp-polls.ts';

const HEARTBEAT = [SYS_UP_TIME];

export const kind: ProbeKind = {
  title: { id: 'SNMP', en: 'SNMP' },
  settings: Type.Object({}, { additionalProperties: false }),
  credentials: SNMP_CREDENTIALS,
};

/**
 * Polls by profile. As a heartbeat it asks for sysUpTime: for devices, or machines in front of them, that answer pings
 * for the dead.
 */
export const open = ((tools) => {
  const polls = createSnmpPolls(tools);
  return {
    async reach({ host, snmpPort, credential }, timeoutMs) {
      const security = securityOf(credential);
      if (security === null) throw new ProbeError('not-supported', 'the device has no SNMP credential');
      const address = await tools.resolve(host);
      const startedAt = performance.now();
      try {
        // Whether it has the object does not matter: the answer does.
        await tools.snmp.get({ address, port: snmpPort, security, timeoutMs, retries: 0 }, HEARTBEAT);
        return { roundTripMs: performance.now() - startedAt };
      } catch (error) {
        // Refusing is a sign of life.
        if (error instanceof ProbeError && error.failure === 'auth') return { roundTripMs: null };
        throw error;
      }
    },
    async inspect({ host, snmpPort: port, credential, timeoutMs, retries }, hear, signal) {
      const security = securityOf(credential);
      if (security === null) throw new ProbeError('not-supported', 'the device has no SNMP credential');
      const patience = { timeoutMs: timeoutMs ?? tools.pollTimeoutMs, retries: retries ?? tools.pollRetries };
      const target = { address: await tools.resolve(host), port, security, ...patience };
      return await probeHost(target, tools.profiles, (options) => {
        const client = overheard(createSnmpClient(options), hear);
        signal.addEventListener('abort', () => void client.close(), { once: true });
        return client;
      });
    },
    ...polls,
    async close() {},
  };
}) satisfies OpenProbe;
