import type { Bus } from '../core/bus/bus.ts';
import type { Config } from '../core/config/config.ts';
import type { PortalSiteChange } from '../core/contract/portal/site.ts';
import type { Job, SystemStatus } from '../core/contract/system.ts';
import type { Clock } from '../core/domain/clock.ts';
import type { PortalRegistry } from '../core/domain/portal/kinds.ts';
import type { Log } from '../core/log/log.ts';
import type { Inventory } from '../core/stores/inventory/inventory.ts';
import type { SeriesStore } from '../core/stores/series/series-store.ts';

/** What the API shows of a collector in the same process, and the one thing it may ask of it. */
export type CollectorView = {
  stats(): CollectorFigures;
  /** Resolves when it was asked; with false, at once, where the device is not one of its own. */
  pollNow(deviceId: string): boolean | Promise<boolean>;
  /** Every device was asked once since the start. */
  isFirstRoundDone(): boolean;
  isBlind(): boolean;
};

export type CollectorFigures = Readonly<Omit<NonNullable<SystemStatus['collector']>, 'blind'>>;

export type JobsView = { status(): readonly Job[] };
export type SpoolView = { status(): SystemStatus['spool'] };

/**
 * The login page of a site as citizens see it, with a change that is not kept yet; a whole document of HTML.
 * @throws AppError `not-found`, `bad-input`
 */
export type PortalPreview = (siteId: string, language: 'id' | 'en', draft?: PortalSiteChange) => Promise<string>;

/** Everything the API is built from. */
export type ApiParts = {
  readonly inventory: Inventory;
  readonly series: SeriesStore;
  readonly bus: Bus;
  readonly config: Pick<
    Config,
    'trustProxy' | 'secretKey' | 'publicUrl' | 'helpPhone' | 'portalUrl' | 'rum' | 'requireTotp' | 'oidc'
  >;
  readonly clock: Clock;
  readonly log: Log;
  /** Null where the collector runs in another process. */
  readonly collector: CollectorView | null;
  readonly jobs: JobsView;
  readonly spool: SpoolView;
  /** Null where the captive portal's pages are not at hand. */
  readonly portalPreview: PortalPreview | null;
  /** Families of gateways and ways in, as the screens draw their settings. */
  readonly portal: PortalRegistry;
  /** Folder of the built web; null to serve the API alone. */
  readonly siteDir: string | null;
  readonly version: string;
};
