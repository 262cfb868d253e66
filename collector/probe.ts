import type { Clock } from '../core/domain/clock.ts';
import type { ProbeKind, ProbeKinds } from '../core/domain/probe-kind.ts';
import type { Reading } from '../core/domain/sample.ts';
import { loadFolder } from '../core/load-folder.ts';
import type { Log } from '../core/log/log.ts';
import type { Identification } from '../core/stores/inventory/devices.ts';
import type { DeviceInterface, PortState } from '../core/stores/inventory/interfaces.ts';
import type { LoginOutcomes } from '../core/stores/inventory/portal/login-outcomes.ts';
import type { Hearing } from './hearing.ts';
import type { RawCounter } from './pipeline/counters.ts';
import type { FastRound } from './pipeline/round-columns.ts';
import type { WatchedDevice } from './pipeline/watched-device.ts';
import type { ProbeReport } from './probe-host.ts';
import type { Profiles, ReadingLimits } from './profile.ts';
import type { HearRaw } from './raw-log.ts';
import type { Resolve } from './resolve.ts';
import type { BadReading } from './snmp/bad-reading.ts';
import type { SnmpClient } from './snmp/client.ts';

/** What a probe may use of the collector. */
export type ProbeTools = {
  readonly clock: Clock;
  readonly log: Log;
  readonly resolve: Resolve;
  readonly snmp: SnmpClient;
  readonly profiles: Profiles;
  /** What listeners heard of devices. */
  readonly hearing: Hearing;
  /** How it went for citizens at a gateway of the captive portal; null where there is none. */
  readonly loginOutcomes: ((gatewayId: string, at: number) => Promise<LoginOutcomes>) | null;
  readonly count: (reason: BadReading) => void;
  /** Patience of polls, for devices that have none of their own. */
  readonly pollTimeoutMs: number;
  readonly pollRetries: number;
  /** A device is identified anew, with names, speeds and rows of tables, after this many polls. */
  readonly identifyEvery: number;
};

export type ReachAnswer = {
  /** Null where the answer shows life but its time means nothing. */
  readonly roundTripMs: number | null;
  /** A short stable word for what is wrong with a device that answers, such as `no-picture`: it is degraded. */
  readonly impairment?: string;
  /** What the check measured besides; stored at once. */
  readonly readings?: readonly Reading[];
  readonly findings?: Findings;
};

/** What a person would look up about a device, by section; plain JSON. A section that is the same object is not written again. */
export type Findings = Readonly<Record<string, unknown>>;

/** Name of a reading, for people; a device's list of them is the finding `readings`. */
export type ReadingName = {
  readonly metric: string;
  readonly instance: string;
  readonly label: string;
  readonly unit: string;
  /** The device's own, where it tells them. */
  readonly limits?: ReadingLimits;
};

/** What a device said when it was asked for its readings. What is absent, or the same object as before, is not new. */
export type PollRound = {
  readonly at: number;
  /** Since the agent started, and since the machine did; seconds. */
  readonly uptimeS: number | null;
  readonly hostUptimeS: number | null;
  readonly gauges: readonly Reading[];
  /** As the device gave them: the pipeline unwraps them. */
  readonly counters: readonly RawCounter[];
  readonly identity?: Identification;
  readonly interfaces?: readonly DeviceInterface[];
  /** Ports that are not what the last list of interfaces said. */
  readonly portStates?: readonly PortState[];
  readonly findings?: Findings;
};

/** A protocol. Any number of questions may be under way at once. */
export type Probe = {
  /**
   * Tells whether a device lives.
   * @throws ProbeError where nothing came back; `not-supported` where this machine or this device cannot be asked
   *   in this way, which says nothing about the device
   * @param hear is told the answer word for word, where there are words
   */
  reach?(device: WatchedDevice, timeoutMs: number, hear?: HearRaw): Promise<ReachAnswer>;
  /**
   * Asks once for everything, as `simpul probe` does, and lets `hear` have the answers word for word; nothing of it is
   * stored. It has a credential of a kind that the probe names. @throws ProbeError
   */
  inspect?(device: WatchedDevice, hear: HearRaw, signal: AbortSignal): Promise<ProbeReport>;
  /** Asks a device for its readings; it has a credential of a kind that the probe names. @throws ProbeError */
  poll?(device: WatchedDevice): Promise<PollRound>;
  /**
   * As `poll`, for a protocol of which thousands are polled in a second: hands the round to `take`, with its numbers as
   * columns, and resolves when what `take` gives back does. @throws ProbeError
   */
  pollFast?(device: WatchedDevice, take: (round: FastRound) => Promise<void> | null): Promise<void>;
  /** The device started again, or is another: what was learnt of it no longer holds. */
  identifyAgain?(deviceId: string): void;
  forget?(deviceId: string): void;
  stats?(): { readonly identifications: number };
  close(): Promise<void>;
};

/** One file of `collector/probes`: it exports `kind` and `open`; the file's name is the id that devices name. */
export type ProbeModule = { readonly kind: ProbeKind; readonly open: (tools: ProbeTools) => Probe };
export type OpenProbe = ProbeModule['open'];

export const loadProbes = (): Promise<ReadonlyMap<string, ProbeModule>> =>
  loadFolder(new URL('./probes/', import.meta.url), (module, id) => {
    if (!isProbeModule(module)) throw new TypeError(`collector/probes/${id} exports no probe`);
    return module;
  });

/** What whoever fills in devices must know of the probes. */
export async function loadProbeKinds(): Promise<ProbeKinds> {
  return new Map([...(await loadProbes())].map(([id, { kind }]) => [id, kind]));
}

/** The probe that polls devices with a credential of each kind. */
export function pollersOf(
  modules: ReadonlyMap<string, ProbeModule>,
  probes: ReadonlyMap<string, Probe>,
): ReadonlyMap<string, Probe> {
  const pollers = new Map<string, Probe>();
  for (const [id, { kind }] of modules) {
    const probe = probes.get(id);
    if (probe !== undefined && canPoll(probe))
      for (const credential of kind.credentials) pollers.set(credential, probe);
  }
  return pollers;
}

export const canPoll = ({ poll, pollFast }: Probe): boolean => poll !== undefined || pollFast !== undefined;

const isProbeModule = (module: object): module is ProbeModule =>
  'open' in module && typeof module.open === 'function' && 'kind' in module && typeof module.kind === 'object';
