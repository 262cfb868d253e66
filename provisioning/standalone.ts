import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { BACKLOG, buildApi } from '../api/main.ts';
import { portalPreview } from '../captive-portal/preview.ts';
import { startCollector } from '../collector/main.ts';
import { openJournal } from '../collector/pipeline/journal.ts';
import { sightingsIn } from '../collector/pipeline/sightings.ts';
import { loadProbeKinds } from '../collector/probe.ts';
import type { Bus } from '../core/bus/bus.ts';
import { memoryBus } from '../core/bus/memory.ts';
import { mqttBus } from '../core/bus/mqtt.ts';
import type { Config } from '../core/config/config.ts';
import { type Clock, DAY } from '../core/domain/clock.ts';
import { zoneOf } from '../core/domain/zone.ts';
import type { Log } from '../core/log/log.ts';
import { packageRoot } from '../core/package-root.ts';
import { forgetAudit } from '../core/services/audit.ts';
import { startCollectorWatch } from '../core/services/collector-watch.ts';
import { ensureFirstAdmin } from '../core/services/first-admin.ts';
import { startCorrelator } from '../core/services/incidents/correlator.ts';
import { createJobs } from '../core/services/jobs.ts';
import { startEscalator } from '../core/services/notices/escalator.ts';
import { noticeLinks } from '../core/services/notices/links.ts';
import { tellOf } from '../core/services/notices/tell.ts';
import { removeOldReports } from '../core/services/officer/forget-reports.ts';
import { officerLink } from '../core/services/officer/officer-link.ts';
import { createOutboxSender } from '../core/services/outbox.ts';
import { eraseDue, forgetOld } from '../core/services/portal/forget.ts';
import type { Inventory } from '../core/stores/inventory/inventory.ts';
import { openInventory } from '../core/stores/inventory/open.ts';
import { addSeriesJobs } from '../core/stores/series/jobs.ts';
import { openSeriesStore } from '../core/stores/series/open.ts';
import type { SeriesStore } from '../core/stores/series/series-store.ts';
import { realTimers } from '../core/timers.ts';
import { keepCollectorName } from './collector-name.ts';
import { collectorView } from './collector-view.ts';
import { packageVersion } from './package-version.ts';
import { loadPortalKinds, openPortal } from './portal.ts';
import type { Role } from './roles.ts';

/** Counts of how the web feels are kept so long. */
const RUM_DAYS = 90;

export type Simpul = {
  /** Where the web is; null without the role `api`. */
  readonly url: string | null;
  /** Where citizens' browsers reach the captive portal, and gateways its RADIUS; null without the role `portal`. */
  readonly portal: { readonly url: string; readonly radius: { authPort: number; acctPort: number } | null } | null;
  readonly inventory: Inventory;
  readonly series: SeriesStore;
  readonly bus: Bus;
  /** The first account, where none existed: to be shown once. */
  readonly firstAdmin: { readonly name: string; readonly password: string } | null;
  stop(): Promise<void>;
};

export type StandaloneOptions = {
  readonly config: Config;
  readonly roles: readonly Role[];
  readonly clock: Clock;
  readonly log: Log;
  /** Runs once the stores are open and before anything is polled or served. */
  readonly prepare?: (stores: { inventory: Inventory; series: SeriesStore }) => Promise<void>;
};

/**
 * Builds the parts of Simpul that the roles ask for, in one process. When a part does not start, those before it are
 * closed again and the error is the caller's.
 */
export async function startStandalone({ config, roles, clock, log, prepare }: StandaloneOptions): Promise<Simpul> {
  const opened = new Opened(log);
  try {
    const portal = await loadPortalKinds();
    const inventory = opened.add(
      'inventory',
      await openInventory(config, { log, clock, probes: await loadProbeKinds(), portal }),
      (it) => it.close(),
    );
    const series = opened.add('series', await openSeriesStore(config, { log, clock }), (it) => it.close());
    const bus = opened.add('bus', await openBus(config, roles, log), (it) => it.close());
    await prepare?.({ inventory, series });

    const jobs = opened.add('jobs', createJobs({ clock, log }), (it) => it.stop());
    if (roles.includes('collector')) {
      addSeriesJobs(jobs, series, clock);
      jobs.add({ id: 'inventory-maintain', schedule: '40 19 * * *', run: () => inventory.maintain() });
      jobs.add({ id: 'messages-forget', schedule: '25 19 * * *', run: () => forgetMessages(inventory, clock()) });
    }
    if (roles.includes('api')) {
      const run = async () => void (await inventory.sessions.removeExpired(clock()));
      jobs.add({ id: 'sessions-expire', schedule: '17 * * * *', run });
      const removePhotos = async () => void (await inventory.photos.removeExpired(clock()));
      jobs.add({ id: 'photos-expire', schedule: '50 19 * * *', run: removePhotos });
      const forgetReports = async () => void (await removeOldReports(inventory, clock()));
      jobs.add({ id: 'reports-forget', schedule: '15 19 * * *', run: forgetReports });
      const data = { inventory, clock, log };
      jobs.add({ id: 'audit-forget', schedule: '15 19 * * *', run: () => forgetAudit(data, config.auditDays) });
      const forgetRum = () => inventory.rum.removeBefore(clock() - RUM_DAYS * DAY);
      jobs.add({ id: 'rum-forget', schedule: '20 19 * * *', run: forgetRum });
      jobs.add({ id: 'portal-forget', schedule: '5 19 * * *', run: () => forgetOld(data) });
      jobs.add({ id: 'portal-erase-due', schedule: '35 * * * *', run: () => eraseDue(data) });
    }
    if (roles.includes('collector')) await keepCollectorName(config, inventory);
    const collector = roles.includes('collector')
      ? opened.add(
          'collector',
          await startCollector({
            inventory,
            loginOutcomes: inventory.portal.loginOutcomes,
            series,
            bus,
            journal: opened.add('journal', await openJournal(join(config.dataDir, 'journal'), log), (it) => it.close()),
            sightings: sightingsIn(join(config.dataDir, 'sightings.json'), log),
            config: collectorConfig(config),
            clock,
            log,
          }),
          (it) => it.stop(),
        )
      : null;
    if (collector !== null) {
      const notices = startNotices(opened, { inventory, bus, config, clock, log });
      const correlator = await startCorrelator({ inventory, series, bus, clock, timers: realTimers, log, ...notices });
      opened.add('correlator', correlator, (it) => it.stop());
    }
    if (roles.includes('api')) {
      const own = collector === null ? null : config.collectorName;
      const watch = startCollectorWatch({ inventory, bus, clock, timers: realTimers, log, own });
      opened.add('collector-watch', watch, (it) => it.stop());
    }
    const pages = roles.includes('portal')
      ? opened.add('portal', await openPortal({ inventory, series, bus, config, kinds: portal, clock, log }), (it) =>
          it.stop(),
        )
      : null;
    const firstAdmin = roles.includes('api') ? await ensureFirstAdmin(inventory) : null;
    const url = roles.includes('api')
      ? await serve(opened, {
          inventory,
          series,
          bus,
          config,
          clock,
          log,
          collector: collector === null ? null : collectorView(collector),
          jobs: { status: () => jobs.list() },
          spool: { status: () => series.spoolStatus() },
          portal,
          portalPreview: portalPreview({ inventory, methods: portal.methods, clock, config }),
        })
      : null;
    return {
      url,
      portal: pages === null ? null : { url: pages.url, radius: pages.access.radius },
      inventory,
      series,
      bus,
      firstAdmin,
      stop: () => opened.closeAll(),
    };
  } catch (error) {
    await opened.closeAll();
    throw error;
  }
}

/** Messages that were sent or given up, and what was told of incidents that closed, are kept for so long. */
const MESSAGES_KEPT_MS = 180 * DAY;

async function forgetMessages(inventory: Inventory, now: number): Promise<void> {
  await inventory.outbox.purge(now - MESSAGES_KEPT_MS);
  await inventory.notices.purge(now - MESSAGES_KEPT_MS);
}

/** What sends messages, and what decides in time that somebody else must be told. */
function startNotices(
  opened: Opened,
  {
    inventory,
    bus,
    config,
    clock,
    log,
  }: Pick<Simpul, 'inventory' | 'bus'> & Pick<StandaloneOptions, 'config' | 'clock' | 'log'>,
) {
  const { publicUrl, secretKey } = config;
  const officer = officerLink({ secretKey, publicUrl, clock });
  if (officer.whyNone !== null) log.info({}, officer.whyNone);
  const links = noticeLinks({ publicUrl, officer });
  const sender = createOutboxSender({ inventory, clock, log, zone: zoneOf('') });
  opened.add('outbox', sender, (it) => it.stop());
  const wake = () => sender.wake();
  const unsubscribe = bus.subscribe(({ type }) => {
    if (type.startsWith('incident-')) wake();
  });
  opened.add('outbox bell', unsubscribe, (it) => it());
  sender.start();
  const escalator = startEscalator({ inventory, links, clock, timers: realTimers, log, wake });
  opened.add('escalator', escalator, (it) => it.stop());
  return { tell: tellOf({ inventory, links }) };
}

const collectorConfig = ({ collectorName, sentinels, bind, mqttUrl, mqttPort, mqttTls, snmpTrapPort }: Config) => ({
  name: collectorName,
  sentinels,
  listeners: {
    mqtt: { url: mqttUrl, bind, port: mqttPort, tls: mqttTls },
    snmpTrap: { bind, port: snmpTrapPort },
  },
});

function openBus(config: Config, roles: readonly Role[], log: Log): Promise<Bus> | Bus {
  if (config.mqttUrl === null)
    return memoryBus((error) => log.error({ error: String(error) }, 'a bus listener failed'));
  const clientId = `simpul-${roles.join('-')}-${hostname()}-${process.pid}`;
  return mqttBus({ url: config.mqttUrl, clientId, log });
}

async function serve(
  opened: Opened,
  parts: Omit<Parameters<typeof buildApi>[0], 'siteDir' | 'version' | 'config'> & { readonly config: Config },
): Promise<string> {
  const siteDir = join(packageRoot(), 'dist/site');
  const api = opened.add('api', await buildApi({ ...parts, siteDir, version: packageVersion() }), (it) => it.close());
  await api.listen({ host: parts.config.bind, port: parts.config.httpPort, backlog: BACKLOG });
  void api.warmUp();
  const { port } = api.server.address() as AddressInfo;
  const { bind } = parts.config;
  const host = bind === '0.0.0.0' || bind === '::' ? 'localhost' : bind.includes(':') ? `[${bind}]` : bind;
  return `http://${host}:${port}`;
}

/** What was opened, closed again in the opposite order; one that fails to close does not keep the others open. */
class Opened {
  readonly #log: Log;
  readonly #closers: { readonly name: string; readonly close: () => unknown }[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  add<T>(name: string, part: T, close: (part: T) => unknown): T {
    this.#closers.push({ name, close: () => close(part) });
    return part;
  }

  async closeAll(): Promise<void> {
    for (let closer = this.#closers.pop(); closer !== undefined; closer = this.#closers.pop()) {
      try {
        await closer.close();
      } catch (error) {
        this.#log.error({ part: closer.name, error: String(error) }, 'a part did not close cleanly');
      }
    }
  }
}
