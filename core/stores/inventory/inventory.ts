import type { Clock } from '../../domain/clock.ts';
import type { Accounts } from './accounts.ts';
import type { ApiTokens } from './api-tokens.ts';
import type { Audit } from './audit.ts';
import type { Channels } from './channels.ts';
import type { CitizenReports } from './citizen-reports.ts';
import type { ContractedLinks } from './contracted-links.ts';
import type { Coverage } from './coverage.ts';
import type { CoveragePlan } from './coverage-plan.ts';
import type { Credentials } from './credentials.ts';
import type { Dependencies } from './dependencies.ts';
import type { DeviceBatches } from './device-batches.ts';
import type { Devices } from './devices.ts';
import type { Duty } from './duty.ts';
import type { Exclusions } from './exclusions.ts';
import type { DeviceFindings } from './findings.ts';
import type { Heartbeats } from './heartbeats.ts';
import type { IncidentLedger } from './incident-ledger.ts';
import type { IncidentNeighbours } from './incident-neighbours.ts';
import type { Incidents } from './incidents.ts';
import type { Interfaces } from './interfaces.ts';
import type { LinkTermsStore } from './link-terms.ts';
import type { Links } from './links.ts';
import type { MaintenanceWindows } from './maintenance.ts';
import type { NoticePolicies } from './notice-policies.ts';
import type { Notices } from './notices.ts';
import type { NowStore } from './now.ts';
import type { OfficerAnswers } from './officer-answers.ts';
import type { OfficerReports } from './officer-reports.ts';
import type { Outages } from './outages.ts';
import type { Outbox } from './outbox.ts';
import type { Photos } from './photos.ts';
import type { PortalStores } from './portal/portal-stores.ts';
import type { Programme } from './programme.ts';
import type { Recipients } from './recipients.ts';
import type { Regions } from './regions.ts';
import type { Rum } from './rum.ts';
import type { SavedViews } from './saved-views.ts';
import type { Search } from './search.ts';
import type { Sessions } from './sessions.ts';
import type { Settings } from './settings.ts';
import type { SignIns } from './sign-ins.ts';
import type { Sites } from './sites.ts';
import type { Sql } from './sql.ts';
import type { Statuses } from './statuses.ts';
import type { Timelines } from './timelines.ts';
import type { TopologyStore } from './topology.ts';
import type { Villages } from './villages.ts';
import type { Walls } from './walls.ts';

/**
 * The relational store. Rows come back in the shapes of the contract, moments as UTC milliseconds. Every method may
 * throw AppError `store-unavailable`; lists are paged and say their total.
 */
export type Inventory = {
  readonly engine: 'pglite' | 'postgresql';
  readonly regions: Regions;
  readonly sites: Sites;
  readonly villages: Villages;
  readonly search: Search;
  readonly now: NowStore;
  readonly savedViews: SavedViews;
  readonly walls: Walls;
  readonly deviceBatches: DeviceBatches;
  readonly devices: Devices;
  readonly interfaces: Interfaces;
  readonly findings: DeviceFindings;
  readonly links: Links;
  readonly dependencies: Dependencies;
  readonly credentials: Credentials;
  readonly statuses: Statuses;
  readonly outages: Outages;
  readonly incidents: Incidents;
  readonly incidentLedger: IncidentLedger;
  readonly incidentNeighbours: IncidentNeighbours;
  readonly officerAnswers: OfficerAnswers;
  readonly officerReports: OfficerReports;
  readonly citizenReports: CitizenReports;
  readonly photos: Photos;
  readonly maintenance: MaintenanceWindows;
  readonly timelines: Timelines;
  readonly exclusions: Exclusions;
  readonly linkTerms: LinkTermsStore;
  readonly contractedLinks: ContractedLinks;
  readonly channels: Channels;
  readonly outbox: Outbox;
  readonly recipients: Recipients;
  readonly duty: Duty;
  readonly noticePolicies: NoticePolicies;
  readonly notices: Notices;
  readonly coverage: Coverage;
  readonly coveragePlan: CoveragePlan;
  readonly programme: Programme;
  readonly topology: TopologyStore;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly signIns: SignIns;
  readonly apiTokens: ApiTokens;
  readonly audit: Audit;
  readonly rum: Rum;
  readonly heartbeats: Heartbeats;
  readonly settings: Settings;
  readonly portal: PortalStores;
  /** For imports and exports, which move many rows at once. */
  readonly sql: Sql;
  readonly clock: Clock;
  /** @throws AppError `store-unavailable` when the store does not answer within seconds */
  ping(): Promise<void>;
  /**
   * Gives back the room of old row versions and counts rows for the planner. PGlite has no autovacuum, so someone must
   * call this now and then, daily at least; on a PostgreSQL server it does nothing.
   */
  maintain(): Promise<void>;
  /** Waits for what is running; the inventory is of no use afterwards. */
  close(): Promise<void>;
};
