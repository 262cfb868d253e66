import { createHearing } from '../../collector/hearing.ts';
import type { WatchedDevice } from '../../collector/pipeline/watched-device.ts';
import type { ProbeTools } from '../../collector/probe.ts';
import { createResolver } from '../../collector/resolve.ts';
import { createSnmpClient } from '../../collector/snmp/client.ts';
import { silentLog } from '../../core/log/log.ts';

/** What a probe is given, with the clock of the machine; the caller closes `snmp`. */
export function probeTools(parts: Partial<ProbeTools> = {}): ProbeTools {
  const clock = parts.clock ?? Date.now;
  return {
    clock,
    log: silentLog,
    resolve: createResolver(clock),
    snmp: createSnmpClient({ count: () => {} }),
    profiles: new Map(),
    hearing: createHearing(),
    loginOutcomes: null,
    count: () => {},
    pollTimeoutMs: 1_000,
    pollRetries: 0,
    identifyEvery: 60,
    ...parts,
  };
}

/** A device to ask, on loopback. */
export const watchedDevice = (parts: Partial<WatchedDevice> = {}): WatchedDevice => ({
  id: 'd',
  kind: 'router',
  siteId: 's',
  siteKind: 'pop',
  regionCode: '16',
  host: '127.0.0.1',
  reachability: 'icmp',
  countsForSite: true,
  settings: {},
  tcpPort: null,
  snmpPort: 161,
  credential: null,
  parentIds: [],
  medium: null,
  reachIntervalMs: 6_000,
  pollIntervalMs: 60_000,
  timeoutMs: null,
  retries: null,
  ...parts,
});
