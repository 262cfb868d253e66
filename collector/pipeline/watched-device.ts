import type { Medium } from '../../core/domain/medium.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import type { SiteKind } from '../../core/domain/site.ts';
import type { OpenCredential } from '../../core/stores/inventory/credentials.ts';

/** A device as the collector sees it: what to ask, how, and how often. */
export type WatchedDevice = {
  readonly id: string;
  readonly kind: string;
  /** Whether its site's state follows from it. */
  readonly countsForSite: boolean;
  readonly siteId: string;
  readonly siteKind: SiteKind;
  readonly regionCode: RegionCode;
  readonly host: string;
  /** Id of the probe that tells whether it lives. */
  readonly reachability: string;
  /** Settings of that probe. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly tcpPort: number | null;
  readonly snmpPort: number;
  /** Its kind tells by which protocol the device is polled. Null where there is none, or it cannot be opened. */
  readonly credential: OpenCredential | null;
  /** What it is reached through: any one of them is a way. */
  readonly parentIds: readonly string[];
  /** What delays most on the way to it; null where nobody knows. */
  readonly medium: Medium | null;
  readonly reachIntervalMs: number;
  readonly pollIntervalMs: number;
  /** Own patience; null = the default of what is asked. */
  readonly timeoutMs: number | null;
  readonly retries: number | null;
};
