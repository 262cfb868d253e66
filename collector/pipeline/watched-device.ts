import type { ReachabilityProbe } from '../../core/domain/device.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import type { SiteKind } from '../../core/domain/site.ts';
import type { SnmpSecurity } from '../snmp/client.ts';

/** A device as the collector sees it: what to ask, how, and how often. */
export type WatchedDevice = {
  readonly id: string;
  readonly kind: string;
  readonly siteId: string;
  readonly siteKind: SiteKind;
  readonly regionCode: RegionCode;
  readonly host: string;
  readonly reachability: ReachabilityProbe;
  readonly tcpPort: number | null;
  readonly snmpPort: number;
  /** Null where there is no SNMP credential, or it cannot be opened: then only reachability is watched. */
  readonly security: SnmpSecurity | null;
  readonly reachIntervalMs: number;
  readonly pollIntervalMs: number;
  /** Own patience; null = the default of what is asked. */
  readonly timeoutMs: number | null;
  readonly retries: number | null;
};
