import type { Clock } from '../core/domain/clock.ts';
import { loadFolder } from '../core/load-folder.ts';
import type { WatchedDevice } from './pipeline/watched-device.ts';
import type { Resolve } from './resolve.ts';
import type { SnmpClient } from './snmp/client.ts';

/** What a probe may use of the collector. */
export type ProbeTools = { readonly clock: Clock; readonly resolve: Resolve; readonly snmp: SnmpClient };

export type ReachAnswer = {
  /** Null where the answer shows life but its time means nothing. */
  readonly roundTripMs: number | null;
};

/** Tells whether a device lives. Any number of questions may be under way at once. */
export type ReachProbe = {
  /**
   * @throws ProbeError where nothing came back; `not-supported` where this machine or this device cannot be asked
   *   in this way, which says nothing about the device
   */
  reach(device: WatchedDevice, timeoutMs: number): Promise<ReachAnswer>;
  close(): Promise<void>;
};

/** One file of `collector/probes`: it exports `open`; the file's name is the id that devices name. */
export type OpenProbe = (tools: ProbeTools) => ReachProbe;

export const loadReachProbes = (): Promise<ReadonlyMap<string, OpenProbe>> =>
  loadFolder(new URL('./probes/', import.meta.url), (module, id) => {
    const { open } = module;
    if (!isOpenProbe(open)) throw new TypeError(`collector/probes/${id} exports no probe`);
    return open;
  });

const isOpenProbe = (value: unknown): value is OpenProbe => typeof value === 'function';
