import { ProbeError } from '../../core/domain/errors.ts';
import type { OpenProbe } from '../reach-probe.ts';
import { SYS_UP_TIME } from '../readings/system.ts';

const HEARTBEAT = [SYS_UP_TIME];

/** Asks for sysUpTime: for devices, or machines in front of them, that answer pings for the dead. */
export const open: OpenProbe = ({ resolve, snmp }) => ({
  async reach({ host, snmpPort, security }, timeoutMs) {
    if (security === null) throw new ProbeError('not-supported', 'the device has no SNMP credential');
    const address = await resolve(host);
    const startedAt = performance.now();
    try {
      // Whether it has the object does not matter: the answer does.
      await snmp.get({ address, port: snmpPort, security, timeoutMs, retries: 0 }, HEARTBEAT);
      return { roundTripMs: performance.now() - startedAt };
    } catch (error) {
      // Refusing is a sign of life.
      if (error instanceof ProbeError && error.failure === 'auth') return { roundTripMs: null };
      throw error;
    }
  },
  async close() {},
});
