import type { Clock } from '../../core/domain/clock.ts';
import type { OperStatus } from '../../core/domain/device.ts';
import { ProbeError } from '../../core/domain/errors.ts';
import type { Identification as Said } from '../../core/stores/inventory/devices.ts';
import type { DeviceInterface } from '../../core/stores/inventory/interfaces.ts';
import { identify } from '../identify.ts';
import { createPollPlan, type PollPlan, readingNames, readPoll } from '../pipeline/poll-plan.ts';
import { createSharing } from '../pipeline/sharing.ts';
import type { WatchedDevice } from '../pipeline/watched-device.ts';
import type { Findings, PollRound } from '../probe.ts';
import type { Profiles } from '../profile.ts';
import type { InterfaceReading } from '../readings/interfaces.ts';
import type { Resolve } from '../resolve.ts';
import type { BadReading } from './bad-reading.ts';
import type { SnmpClient, SnmpTarget } from './client.ts';
import { securityOf } from './security-of.ts';
import type { SnmpValue } from './value.ts';
import { createWalkPace, DEFAULT_WALK_LIMITS, type WalkPace } from './walk.ts';

export type SnmpPolls = {
  /** Identifies a device now and then, and in between asks only for what changes. @throws ProbeError */
  poll(device: WatchedDevice): Promise<PollRound>;
  identifyAgain(deviceId: string): void;
  forget(deviceId: string): void;
  stats(): { readonly identifications: number };
};

/** What is known of a device between two polls. */
type Acquaintance = {
  readonly pace: WalkPace;
  plan: PollPlan | null;
  pollsLeft: number;
  identity: Said | null;
  interfaces: readonly DeviceInterface[];
  findings: Findings;
};

export function createSnmpPolls(options: {
  readonly snmp: SnmpClient;
  readonly resolve: Resolve;
  readonly profiles: Profiles;
  readonly count: (reason: BadReading) => void;
  readonly clock: Clock;
  readonly pollTimeoutMs: number;
  readonly pollRetries: number;
  readonly identifyEvery: number;
}): SnmpPolls {
  const { snmp, resolve, profiles, count, clock, identifyEvery } = options;
  const known = new Map<string, Acquaintance>();
  const share = createSharing();
  let identifications = 0;

  function meet(deviceId: string): Acquaintance {
    const acquaintance = known.get(deviceId) ?? {
      pace: createWalkPace(),
      plan: null,
      pollsLeft: 0,
      identity: null,
      interfaces: [],
      findings: {},
    };
    known.set(deviceId, acquaintance);
    return acquaintance;
  }

  async function targetOf(device: WatchedDevice): Promise<SnmpTarget> {
    const security = securityOf(device.credential);
    if (security === null) throw new ProbeError('not-supported', 'the device has no SNMP credential');
    const address = await resolve(device.host);
    const timeoutMs = device.timeoutMs ?? options.pollTimeoutMs;
    return { address, port: device.snmpPort, security, timeoutMs, retries: device.retries ?? options.pollRetries };
  }

  async function getAcquainted(target: SnmpTarget, acquaintance: Acquaintance): Promise<PollPlan> {
    identifications++;
    const walker = { client: snmp, target, pace: acquaintance.pace, limits: DEFAULT_WALK_LIMITS, count };
    const identification = await identify(walker, profiles);
    const plan = createPollPlan(identification, share);
    acquaintance.plan = plan;
    acquaintance.pollsLeft = identifyEvery;
    acquaintance.interfaces = identification.interfaces.map(portOf);
    const { vendor, model, os, version, serial, profile } = identification.device;
    acquaintance.identity = { vendor, model, os, version, serial, profile };
    acquaintance.findings = { readings: share(readingNames(identification.readings)) };
    return plan;
  }

  return {
    async poll(device) {
      const target = await targetOf(device);
      const acquaintance = meet(device.id);
      const isDue = acquaintance.plan === null || acquaintance.pollsLeft <= 0;
      const plan = isDue ? await getAcquainted(target, acquaintance) : acquaintance.plan;
      if (plan === null) throw new TypeError('a device was identified without a plan');
      acquaintance.pollsLeft--;

      const values: (SnmpValue | null)[] = [];
      let at = 0;
      for (const oids of plan.chunks) {
        const part = await snmp.get(target, oids);
        if (at === 0) at = clock();
        for (const value of part) values.push(value);
      }
      const { uptimeS, hostUptimeS, gauges, counters, operStatuses, isStale } = readPoll(plan, values, count);
      // Ports and tables may be others than before.
      if (isStale) acquaintance.pollsLeft = 0;
      const statusNow = (port: DeviceInterface): OperStatus | null => operStatuses.get(port.index) ?? port.operStatus;
      if (acquaintance.interfaces.some((port) => statusNow(port) !== port.operStatus))
        acquaintance.interfaces = acquaintance.interfaces.map((port) => ({ ...port, operStatus: statusNow(port) }));
      const { identity, interfaces, findings } = acquaintance;
      return {
        at,
        uptimeS,
        hostUptimeS,
        gauges,
        counters,
        interfaces,
        findings,
        ...(identity === null ? {} : { identity }),
      };
    },
    identifyAgain(deviceId) {
      const acquaintance = known.get(deviceId);
      if (acquaintance !== undefined) acquaintance.pollsLeft = 0;
    },
    forget: (deviceId) => void known.delete(deviceId),
    stats: () => ({ identifications }),
  };
}

function portOf(port: InterfaceReading): DeviceInterface {
  const { index, name, alias, type, mac, mtu, speedBps, adminStatus, operStatus } = port;
  // Loopback interfaces of some systems claim 2^32 - 1, more than the column holds.
  const isMtu = mtu !== null && mtu >= 0 && mtu < 2 ** 31;
  return { index, name, alias, type, mac, mtu: isMtu ? mtu : null, speedBps, adminStatus, operStatus };
}
