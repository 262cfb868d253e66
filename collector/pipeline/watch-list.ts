import { Secret } from '../../core/config/secret.ts';
import type { Log } from '../../core/log/log.ts';
import type { OpenCredential } from '../../core/stores/inventory/credentials.ts';
import { AUTH_PROTOCOLS, PRIV_PROTOCOLS, type SnmpSecurity } from '../snmp/client.ts';
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

export function createWatchList(inventory: CollectorInventory, defaults: WatchDefaults, log: Log): WatchList {
  const devices = new Map<string, { readonly device: WatchedDevice; readonly print: string }>();
  const securities = new Map<string, { readonly security: SnmpSecurity; readonly print: string }>();
  const refused = new Set<string>();

  async function securityOf(id: string): Promise<SnmpSecurity | null> {
    try {
      const security = toSecurity(await inventory.credentials.open(id));
      refused.delete(id);
      if (security === null) return null;
      const print = printOf(security);
      const known = securities.get(id);
      if (known?.print === print) return known.security;
      securities.set(id, { security, print });
      return security;
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
      const opened = new Map<string, SnmpSecurity | null>();
      for (const id of ids) opened.set(id, await securityOf(id));
      const changed: WatchedDevice[] = [];
      const seen = new Set<string>();
      for (const target of targets) {
        const { credentialId } = target;
        const device: WatchedDevice = {
          id: target.id,
          kind: target.kind,
          siteId: target.siteId,
          siteKind: target.siteKind,
          regionCode: target.regionCode,
          host: target.host,
          reachability: target.reachability,
          tcpPort: target.tcpPort,
          snmpPort: target.snmpPort,
          security: credentialId === null ? null : (opened.get(credentialId) ?? null),
          reachIntervalMs: toMs(target.reachIntervalS) ?? defaults.reachIntervalMs,
          pollIntervalMs: toMs(target.pollIntervalS) ?? defaults.pollIntervalMs,
          timeoutMs: target.timeoutMs,
          retries: target.retries,
        };
        seen.add(device.id);
        const print = JSON.stringify({ ...device, security: device.security && printOf(device.security) });
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

/** Asking more often than this helps nobody. */
const LEAST_INTERVAL_MS = 1_000;
const toMs = (seconds: number | null): number | null =>
  seconds === null ? null : Math.max(LEAST_INTERVAL_MS, seconds * 1000);

/** Kept in memory only, to see whether a credential changed. */
const printOf = (security: SnmpSecurity): string =>
  JSON.stringify(
    Object.entries(security).map(([key, value]) => [key, value instanceof Secret ? value.reveal() : value]),
  );

/** Null for credentials of other protocols. */
function toSecurity({ kind, settings }: OpenCredential): SnmpSecurity | null {
  const text = (name: string): string => {
    const value = settings[name];
    return value instanceof Secret ? value.reveal() : String(value ?? '');
  };
  const secret = (name: string): Secret => {
    const value = settings[name];
    return value instanceof Secret ? value : new Secret(String(value ?? ''));
  };
  switch (kind) {
    case 'snmp-v1':
      return { version: '1', community: secret('community') };
    case 'snmp-v2c':
      return { version: '2c', community: secret('community') };
    case 'snmp-v3': {
      const base = { version: '3', user: text('user'), context: text('context') } as const;
      const authProtocol = AUTH_PROTOCOLS.find((protocol) => protocol === text('authProtocol'));
      const privProtocol = PRIV_PROTOCOLS.find((protocol) => protocol === text('privProtocol'));
      if (text('level') === 'noAuthNoPriv' || authProtocol === undefined) return { ...base, level: 'noAuthNoPriv' };
      const auth = { ...base, authProtocol, authKey: secret('authKey') };
      if (text('level') === 'authNoPriv' || privProtocol === undefined) return { ...auth, level: 'authNoPriv' };
      return { ...auth, level: 'authPriv', privProtocol, privKey: secret('privKey') };
    }
    default:
      return null;
  }
}
