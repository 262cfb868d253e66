import type { Secret } from '../core/config/secret.ts';
import type { Clock } from '../core/domain/clock.ts';
import type { Reading } from '../core/domain/sample.ts';
import { loadFolder } from '../core/load-folder.ts';
import type { Log } from '../core/log/log.ts';
import type { Identification } from '../core/stores/inventory/devices.ts';
import type { Timers } from '../core/timers.ts';
import type { WatchedDevice } from './pipeline/watched-device.ts';
import type { Findings } from './probe.ts';

/** What a device told of itself. Counters among the readings are as the device gave them. */
export type Told = {
  readonly at: number;
  readonly readings: readonly Reading[];
  readonly identity?: Identification;
  readonly findings?: Findings;
};

/** What a listener may use of the collector. */
export type ListenerTools = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly settings: ListenerSettings;
  /** The devices that are watched now. */
  readonly devices: () => Iterable<WatchedDevice>;
  /** Runs when the list of devices changed. @returns ends it */
  readonly onDevicesChanged: (run: () => void) => () => void;
  /** Stores what a device told, and takes it for a sign of life. */
  readonly tell: (deviceId: string, told: Told) => void;
  /** A device announced itself. */
  readonly online: (deviceId: string, at: number) => void;
  /** A device said goodbye, or its broker did for it: it is down from `at`, without waiting for silence. */
  readonly gone: (deviceId: string, at: number) => void;
  /** Since when the listener hears without a gap; null while it cannot, which is held against no device. */
  readonly hearsSince: (at: number | null) => void;
  /** Something happened at a device: it is asked now, whatever was said of it. */
  readonly pollSoon: (deviceId: string) => void;
};

/** What the operator chose; null = not wanted. */
export type ListenerSettings = {
  readonly mqtt: {
    /** Of a broker elsewhere; null = our own. */
    readonly url: Secret | null;
    /** Where our own broker listens. */
    readonly bind: string;
    readonly port: number;
    /** PEM files; where both are given our own broker listens with TLS on `tlsPort` too. */
    readonly tls: { readonly port: number; readonly certFile: string; readonly keyFile: string } | null;
  } | null;
  readonly snmpTrap: { readonly bind: string; readonly port: number } | null;
};

export type ListenerStats = Readonly<Record<string, number>>;
export type Listener = {
  /** Counts for /metrics and the collector's page: what came, what was refused and why. */
  stats(): ListenerStats;
  close(): Promise<void>;
};

/** One file of `collector/listeners`: it exports `listen`, which gives null where the operator does not want it. */
export type Listen = (tools: ListenerTools) => Promise<Listener | null>;

export const loadListeners = (): Promise<ReadonlyMap<string, Listen>> =>
  loadFolder(new URL('./listeners/', import.meta.url), (module, id) => {
    const { listen } = module;
    if (!isListen(listen)) throw new TypeError(`collector/listeners/${id} exports no listener`);
    return listen;
  });

const isListen = (value: unknown): value is Listen => typeof value === 'function';
