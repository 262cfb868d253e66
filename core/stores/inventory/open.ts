import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { loadChannels } from '../../channels.ts';
import type { Config } from '../../config/config.ts';
import { createSealer } from '../../config/seal.ts';
import { loadDeviceKinds } from '../../device-kinds.ts';
import type { Clock } from '../../domain/clock.ts';
import { AppError } from '../../domain/errors.ts';
import type { PortalRegistry } from '../../domain/portal/kinds.ts';
import type { ProbeKinds } from '../../domain/probe-kind.ts';
import type { Log } from '../../log/log.ts';
import { accounts } from './accounts.ts';
import { apiTokens } from './api-tokens.ts';
import { audit } from './audit.ts';
import { channels } from './channels.ts';
import { citizenReports } from './citizen-reports.ts';
import { contractedLinks } from './contracted-links.ts';
import { coverage } from './coverage.ts';
import { coveragePlan } from './coverage-plan.ts';
import { loadCredentialKinds } from './credential-kind.ts';
import { credentials } from './credentials.ts';
import { dependencies } from './dependencies.ts';
import { deviceBatches } from './device-batches.ts';
import { writeDeviceKinds } from './device-kind-rows.ts';
import { devices } from './devices.ts';
import { doorFolder, hasDoor, openDoor } from './door.ts';
import { duty } from './duty.ts';
import { openEmbedded } from './embedded.ts';
import { exclusions } from './exclusions.ts';
import { findings } from './findings.ts';
import { PrismaClient } from './generated/client.ts';
import { heartbeats } from './heartbeats.ts';
import { incidentLedger } from './incident-ledger.ts';
import { incidentNeighbours } from './incident-neighbours.ts';
import { incidents } from './incidents.ts';
import { interfaces } from './interfaces.ts';
import type { Inventory } from './inventory.ts';
import { linkTerms } from './link-terms.ts';
import { links } from './links.ts';
import { maintenance } from './maintenance.ts';
import { migrate } from './migrate.ts';
import { noticePolicies } from './notice-policies.ts';
import { notices } from './notices.ts';
import { nowStore } from './now.ts';
import { officerAnswers } from './officer-answers.ts';
import { officerReports } from './officer-reports.ts';
import { outages } from './outages.ts';
import { outbox } from './outbox.ts';
import { photos } from './photos.ts';
import { portalStores } from './portal/portal-stores.ts';
import { programme } from './programme.ts';
import { recipients } from './recipients.ts';
import { regions } from './regions.ts';
import { rum } from './rum.ts';
import { savedViews } from './saved-views.ts';
import { search } from './search.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { signIns } from './sign-ins.ts';
import { sites } from './sites.ts';
import { createSql } from './sql.ts';
import { statuses } from './statuses.ts';
import { timelines } from './timelines.ts';
import { topologyStore } from './topology.ts';
import { villages } from './villages.ts';
import { walls } from './walls.ts';

export type InventoryOptions = {
  readonly log: Log;
  readonly clock: Clock;
  /** False lets the embedded store answer before the disk has written: for tests that do not look at it. */
  readonly durable?: boolean;
  /** What devices may be asked by; without it any probe and any settings are taken. */
  readonly probes?: ProbeKinds;
  /** Families of gateways and ways in; without them any and any settings are taken. */
  readonly portal?: PortalRegistry;
  /** Where a running process holds the embedded store, work through it instead of failing: for the command line. */
  readonly joinRunning?: boolean;
};

type Server = { readonly pool: Pool; readonly engine: Inventory['engine']; readonly close: () => Promise<void> };

/** How long a query waits for a connection before the store counts as away. */
const CONNECT_MS = 10_000;
const PING_MS = 5_000;
const IDLE_IN_TRANSACTION_MS = 60_000;

async function embeddedServer(
  dataDir: string,
  { log, durable = true, joinRunning }: InventoryOptions,
): Promise<Server> {
  const database = { user: 'postgres', database: 'postgres' };
  const store = await openEmbedded(dataDir, { log, durable }).catch((error: unknown) => {
    if (joinRunning && error instanceof AppError && error.code === 'config' && hasDoor(dataDir)) return null;
    throw error;
  });
  if (store === null) {
    const pool = new Pool({
      ...database,
      host: doorFolder(dataDir),
      port: 5432,
      max: 2,
      connectionTimeoutMillis: CONNECT_MS,
    });
    return { pool, engine: 'pglite', close: async () => {} };
  }
  // More connections than PGlite can serve at once only keep it busy while an answer is read here.
  const pool = new Pool({ ...database, stream: () => store.connect(), ssl: false, max: 4 });
  const closeDoor = await openDoor(dataDir, () => {
    const connection = store.connect();
    connection.connect();
    return connection;
  });
  if (closeDoor === null)
    log.warn({}, 'the path of the data directory is too long for commands beside a running process');
  return {
    pool,
    engine: 'pglite',
    async close() {
      await closeDoor?.();
      await store.close();
    },
  };
}

function postgresServer(url: string): Server {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    // What was under way when a line was cut must not hold its locks until the server finds that out by itself.
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    application_name: 'simpul',
  });
  return { pool, engine: 'postgresql', close: async () => {} };
}

/**
 * Opens the relational store and brings its tables up to date: PostgreSQL where `DATABASE_URL` is set, else PGlite in
 * the data directory.
 * @throws AppError `config` when the directory is open in another process or the tables are of another version;
 *   `store-unavailable` when PostgreSQL does not answer
 */
export async function openInventory(
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'secretKey'>,
  options: InventoryOptions,
): Promise<Inventory> {
  const { log, clock } = options;
  const server =
    config.databaseUrl === null
      ? await embeddedServer(config.dataDir, options)
      : postgresServer(config.databaseUrl.reveal());
  const { pool, engine } = server;
  // A connection that is lost while someone works with it fails that work; unheard, it would also end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', (error) => log.warn({ reason: error.message }, 'inventory connection lost'));
  const sql = createSql(pool, { named: engine === 'postgresql' });
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: 60_000, timeout: 120_000 },
  });

  async function close(): Promise<void> {
    await prisma.$disconnect();
    await pool.end();
    await server.close();
  }

  try {
    await migrate(sql, log);
    await writeDeviceKinds(sql, await loadDeviceKinds());
  } catch (error) {
    await close();
    throw error;
  }

  const kinds = await loadCredentialKinds();
  const sealer = createSealer(config.secretKey);
  const channelKinds = await loadChannels();
  return {
    engine,
    sql,
    clock,
    regions: regions(sql),
    sites: sites(prisma, sql),
    villages: villages(sql),
    search: search(sql),
    now: nowStore(sql),
    savedViews: savedViews(sql),
    walls: walls(sql),
    deviceBatches: deviceBatches(sql),
    devices: devices(prisma, sql, options.probes ?? null),
    interfaces: interfaces(sql),
    findings: findings(sql),
    links: links(prisma, sql),
    dependencies: dependencies(sql),
    credentials: credentials(prisma, sealer, kinds),
    statuses: statuses(sql),
    outages: outages(sql),
    incidents: incidents(sql),
    incidentLedger: incidentLedger(sql),
    incidentNeighbours: incidentNeighbours(sql),
    officerAnswers: officerAnswers(sql),
    officerReports: officerReports(sql),
    citizenReports: citizenReports(sql),
    photos: photos(sql),
    maintenance: maintenance(sql),
    timelines: timelines(sql),
    exclusions: exclusions(sql),
    linkTerms: linkTerms(sql),
    contractedLinks: contractedLinks(sql),
    channels: channels(sql, sealer, channelKinds),
    outbox: outbox(sql),
    recipients: recipients(sql),
    duty: duty(sql),
    noticePolicies: noticePolicies(sql),
    notices: notices(sql),
    coverage: coverage(sql),
    coveragePlan: coveragePlan(sql),
    programme: programme(sql),
    topology: topologyStore(sql),
    accounts: accounts(prisma),
    sessions: sessions(prisma, sql),
    signIns: signIns(sql, sealer),
    apiTokens: apiTokens(prisma, sql),
    audit: audit(sql),
    rum: rum(sql),
    heartbeats: heartbeats(sql),
    settings: settings(sql),
    portal: portalStores(sql, sealer, options.portal ?? null),
    async ping() {
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<never>((_, reject) => {
        const error = new AppError('store-unavailable', 'the inventory does not answer');
        timer = setTimeout(() => reject(error), PING_MS);
      });
      await Promise.race([sql.query('SELECT 1'), silence]).finally(() => clearTimeout(timer));
    },
    async maintain() {
      if (engine === 'pglite') await sql.run('VACUUM (ANALYZE)');
    },
    close,
  };
}
