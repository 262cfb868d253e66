import { Secret } from '../../core/config/secret.ts';
import { fastestOf, type Medium, slowestOf } from '../../core/domain/medium.ts';
import type { ProbeKinds } from '../../core/domain/probe-kind.ts';
import type { Log } from '../../core/log/log.ts';
import type { OpenCredential } from '../../core/stores/inventory/credentials.ts';
import type { Target } from '../../core/stores/inventory/devices.ts';
import type { CollectorInventory } from './inventory.ts';
import type { WatchedDevice } from './watched-device.ts';

export type WatchDefaults = { readonly reachIntervalMs: number; readonly pollIntervalMs: number };

/** What changed between two readings of the inventory. */
export type WatchChanges = {
  readonly all: readonly WatchedDevice[];
  readonly changed: readonly WatchedDevice[];
  readonly removedIds: readonly string[];
};

export type WatchList = {
  /** Reads the inventory anew. A device that is as before stays the same object. */
  refresh(): Promise<WatchChanges>;
  get(id: string): WatchedDevice | undefined;
  all(): Iterable<WatchedDevice>;
};

export function createWatchList(
  inventory: CollectorInventory,
  defaults: WatchDefaults,
  probes: ProbeKinds,
  log: Log,
): WatchList {
  const devices = new Map<string, { readonly device: WatchedDevice; readonly print: string }>();
  const credentials = new Map<string, { readonly credential: OpenCredential; readonly print: string }>();
  const refused = new Set<string>();

  /** A credential that is as before stays the same object; null where it cannot be opened. */
  async function openCredential(id: string): Promise<OpenCredential | null> {
    try {
      const credential = await inventory.credentials.open(id);
      refused.delete(id);
      const print = printOf(credential);
      const known = credentials.get(id);
      if (known?.print === print) return known.credential;
      credentials.set(id, { credential, print });
      return credential;
    } catch (error) {
      // The same for every device that uses it, at every refresh: said once.
      if (!refused.has(id)) log.error({ err: error, credentialId: id }, 'a credential cannot be opened');
      refused.add(id);
      return null;
    }
  }

  return {
    async refresh() {
      const targets = await inventory.devices.targets();
      const ids = new Set(targets.flatMap(({ credentialId }) => (credentialId === null ? [] : [credentialId])));
      const opened = new Map<string, OpenCredential | null>();
      for (const id of ids) opened.set(id, await openCredential(id));
      const mediumOf = followMedia(targets);
      const changed: WatchedDevice[] = [];
      const seen = new Set<string>();
      for (const target of targets) {
        const { credentialId } = target;
        const device: WatchedDevice = {
          id: target.id,
          kind: target.kind,
          countsForSite: target.countsForSite,
          siteId: target.siteId,
          siteKind: target.siteKind,
          regionCode: target.regionCode,
          host: target.host,
          reachability: target.reachability,
          tcpPort: target.tcpPort,
          snmpPort: target.snmpPort,
          settings: target.settings,
          credential: credentialId === null ? null : (opened.get(credentialId) ?? null),
          parentIds: target.parentIds,
          medium: mediumOf(target.id),
          reachIntervalMs:
            toMs(target.reachIntervalS) ?? probes.get(target.reachability)?.reachIntervalMs ?? defaults.reachIntervalMs,
          pollIntervalMs: toMs(target.pollIntervalS) ?? defaults.pollIntervalMs,
          timeoutMs: target.timeoutMs,
          retries: target.retries,
        };
        seen.add(device.id);
        const print = JSON.stringify({ ...device, credential: device.credential && printOf(device.credential) });
        if (devices.get(device.id)?.print === print) continue;
        devices.set(device.id, { device, print });
        changed.push(device);
      }
      const removedIds = [...devices.keys()].filter((id) => !seen.has(id));
      for (const id of removedIds) devices.delete(id);
      return { all: [...devices.values()].map(({ device }) => device), changed, removedIds };
    },
    get: (id) => devices.get(id)?.device,
    *all() {
      for (const { device } of devices.values()) yield device;
    },
  };
}

/** What delays most on the way to a device: its own line, or what lies before it, by the best of several ways. */
export function followMedia(
  targets: readonly Pick<Target, 'id' | 'parentIds' | 'media'>[],
): (deviceId: string) => Medium | null {
  const byId = new Map(targets.map((target) => [target.id, target]));
  const known = new Map<string, Medium | null>();
  function follow(id: string): Medium | null {
    const found = known.get(id);
    if (found !== undefined) return found;
    const target = byId.get(id);
    // Until it is known; a ring in old data must not make the walk endless.
    known.set(id, null);
    if (target === undefined) return null;
    const ways = target.parentIds.map(follow).filter((medium) => medium !== null);
    const medium = slowestOf([fastestOf(target.media), fastestOf(ways)]);
    known.set(id, medium);
    return medium;
  }
  return follow;
}

/** Asking more often than this helps nobody. */
const LEAST_INTERVAL_MS = 1_000;
const toMs = (seconds: number | null): number | null =>
  seconds === null ? null : Math.max(LEAST_INTERVAL_MS, seconds * 1000);

/** Kept in memory only, to see whether a credential changed. */
const printOf = ({ kind, settings }: OpenCredential): string =>
  JSON.stringify([
    kind,
    Object.entries(settings).map(([key, value]) => [key, value instanceof Secret ? value.reveal() : value]),
  ]);
