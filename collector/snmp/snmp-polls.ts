import { isIP } from 'node:net';
import type { Clock } from '../../core/domain/clock.ts';
import type { OperStatus } from '../../core/domain/device.ts';
import { ProbeError } from '../../core/domain/errors.ts';
import type { DeviceInterface, PortState } from '../../core/stores/inventory/interfaces.ts';
import { identify } from '../identify.ts';
import { createPollPlan, createPollScratch, type PollPlan, readPoll } from '../pipeline/poll-plan.ts';
import { readingNames } from '../pipeline/reading-names.ts';
import type { FastRound } from '../pipeline/round-columns.ts';
import { createSharing } from '../pipeline/sharing.ts';
import type { WatchedDevice } from '../pipeline/watched-device.ts';
import type { PollRound } from '../probe.ts';
import type { Profiles } from '../profile.ts';
import type { InterfaceReading } from '../readings/interfaces.ts';
import type { Resolve } from '../resolve.ts';
import { AnswerSlots } from './answer-slots.ts';
import type { BadReading } from './bad-reading.ts';
import type { SnmpClient, SnmpTarget } from './client.ts';
import { securityOf } from './security-of.ts';
import { createWalkPace, DEFAULT_WALK_LIMITS, type WalkPace } from './walk.ts';

export type SnmpPolls = {
  /** Identifies a device now and then, and in between asks only for what changes. @throws ProbeError */
  pollFast(device: WatchedDevice, take: TakeRound): Promise<void>;
  identifyAgain(deviceId: string): void;
  forget(deviceId: string): void;
  stats(): { readonly identifications: number };
};

type TakeRound = (round: FastRound) => Promise<void> | null;

/** What is known of a device between two polls. */
type Acquaintance = {
  /** Of which the target is: its host is an address. */
  device: WatchedDevice | null;
  target: SnmpTarget | null;
  readonly pace: WalkPace;
  plan: PollPlan | null;
  pollsLeft: number;
  /** How each port was the last time, by its place among the interfaces of the identification. */
  statuses: readonly (OperStatus | null)[];
  /** What the identification told, until it is handed on. */
  news: Pick<PollRound, 'identity' | 'interfaces' | 'findings'> | null;
};

/** Objects that one question asks for, at the very most. */
const SHARED_SLOTS = 64;

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
  const shared = new AnswerSlots(SHARED_SLOTS);
  const scratch = createPollScratch();
  let identifications = 0;

  function meet(deviceId: string): Acquaintance {
    const acquaintance = known.get(deviceId) ?? {
      device: null,
      target: null,
      pace: createWalkPace(),
      plan: null,
      pollsLeft: 0,
      statuses: [],
      news: null,
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
    acquaintance.statuses = share(identification.interfaces.map(({ operStatus }) => operStatus));
    const { vendor, model, os, version, serial, profile } = identification.device;
    acquaintance.news = {
      identity: { vendor, model, os, version, serial, profile },
      interfaces: identification.interfaces.map(portOf),
      findings: share({ readings: readingNames(identification.readings) }),
    };
    return plan;
  }

  /** As `pollFast`, where the device must be found or identified first. */
  async function pollAnew(device: WatchedDevice, acquaintance: Acquaintance, take: TakeRound): Promise<void> {
    const target = await targetOf(device);
    if (isIP(device.host) !== 0) {
      acquaintance.device = device;
      acquaintance.target = target;
    }
    const isDue = acquaintance.plan === null || acquaintance.pollsLeft <= 0;
    const plan = isDue ? await getAcquainted(target, acquaintance) : acquaintance.plan;
    if (plan === null) throw new TypeError('a device was identified without a plan');
    acquaintance.pollsLeft--;
    await pollByPlan(target, acquaintance, plan, take);
  }

  /** Asks all that the plan asks, one question after the other, and hands over what came. */
  function pollByPlan(target: SnmpTarget, acquaintance: Acquaintance, plan: PollPlan, take: TakeRound): Promise<void> {
    const { questions, size } = plan.shape;
    // Nobody else reads between the last answer and its being handed over.
    const slots = questions.length === 1 && size <= shared.size ? shared : new AnswerSlots(size);
    let at = 0;
    return new Promise((resolve, reject) => {
      const ask = (number: number, first: number): void => {
        const question = questions[number];
        if (question === undefined) {
          hand();
          return;
        }
        snmp.read(target, question, slots, first, (error) => {
          if (at === 0) at = clock();
          const next = first + question.oids.length;
          if (error === null) ask(number + 1, next);
          else if (!question.isBehind || !(error instanceof ProbeError)) reject(error);
          else {
            // What lies behind a device may answer late or not at all; the first silence says enough.
            for (let slot = first; slot < size; slot++) slots.setMissing(slot);
            hand();
          }
        });
      };
      const hand = (): void => {
        try {
          const taken = take(roundOf(acquaintance, plan, at, slots));
          if (taken === null) resolve();
          else taken.then(resolve, reject);
        } catch (error) {
          reject(error);
        }
      };
      ask(0, 0);
    });
  }

  function roundOf(acquaintance: Acquaintance, plan: PollPlan, at: number, slots: AnswerSlots): FastRound {
    const { operStatuses, isStale, uptimeS, hostUptimeS, columns, gauges } = readPoll(plan, slots, scratch, count);
    // Ports and tables may be others than before.
    if (isStale) acquaintance.pollsLeft = 0;
    const round = { at, uptimeS, hostUptimeS, columns, gauges };
    const { news, statuses } = acquaintance;
    acquaintance.news = null;
    if (!differs(statuses, operStatuses)) return news === null ? round : { ...round, ...news };
    acquaintance.statuses = share(statuses.map((status, place) => operStatuses[place] ?? status));
    return { ...round, ...news, portStates: portStatesOf(plan, statuses, operStatuses) };
  }

  return {
    pollFast(device, take) {
      const acquaintance = meet(device.id);
      const { target, plan } = acquaintance;
      if (target === null || plan === null || acquaintance.device !== device || acquaintance.pollsLeft <= 0)
        return pollAnew(device, acquaintance, take);
      acquaintance.pollsLeft--;
      return pollByPlan(target, acquaintance, plan, take);
    },
    identifyAgain(deviceId) {
      const acquaintance = known.get(deviceId);
      if (acquaintance !== undefined) acquaintance.pollsLeft = 0;
    },
    forget: (deviceId) => void known.delete(deviceId),
    stats: () => ({ identifications }),
  };
}

type Statuses = readonly (OperStatus | null)[];

/** Whether a port is not what it was. */
function differs(before: Statuses, now: Statuses): boolean {
  for (let place = 0; place < now.length; place++) {
    const status = now[place];
    if (status !== null && status !== undefined && status !== before[place]) return true;
  }
  return false;
}

function portStatesOf({ shape }: PollPlan, before: Statuses, now: Statuses): PortState[] {
  return shape.ports.flatMap(({ port, gauge }) => {
    const operStatus = now[port] ?? null;
    const index = Number(shape.layout.gauges[gauge]?.instance);
    return operStatus === null || operStatus === before[port] ? [] : [{ index, operStatus }];
  });
}

function portOf(port: InterfaceReading): DeviceInterface {
  const { index, name, alias, type, mac, mtu, speedBps, adminStatus, operStatus } = port;
  // Loopback interfaces of some systems claim 2^32 - 1, more than the column holds.
  const isMtu = mtu !== null && mtu >= 0 && mtu < 2 ** 31;
  return { index, name, alias, type, mac, mtu: isMtu ? mtu : null, speedBps, adminStatus, operStatus };
}
