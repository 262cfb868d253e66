import { join } from 'node:path';
import type { Clock } from '../../core/domain/clock.ts';
import type { Log } from '../../core/log/log.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { SeriesStore } from '../../core/stores/series/series-store.ts';
import { controlPath, openControl } from './control.ts';
import { createFaultDriver, type FaultDriver } from './faults/driver.ts';
import { liveFaults } from './faults/script.ts';
import { type History, openHistory } from './history/history.ts';
import { seedLab } from './inventory.ts';
import { type Lab, startLab } from './lab.ts';
import { readLives, writeLives } from './lives-file.ts';
import { labNetwork } from './network.ts';
import type { LabNetwork } from './network-builder.ts';
import { seedRegionPack, seedRegions } from './regions.ts';

export type RunningLab = {
  readonly lab: Lab;
  readonly network: LabNetwork;
  readonly driver: FaultDriver;
  readonly history: History;
  /** Ids of the devices in the inventory, by code. */
  readonly deviceIds: ReadonlyMap<string, string>;
  /**
   * What may come after the first screen: the polygons of a region pack, and the series of the month. Resolves when all
   * is there; what fails is told in the log, and done at the next start.
   */
  fill(options: { series: SeriesStore; packDir: string | null; onRegions?: () => void }): Promise<void>;
  /** Ends the filling where it stands; to be called before the stores close. The next start goes on with it. */
  stopFilling(): Promise<void>;
  /** After the collector has stopped, so that it does not see the devices go. */
  stop(): Promise<void>;
};

export type RunningLabOptions = {
  readonly inventory: Inventory;
  /** Its socket and its devices' lives are kept here. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether faults strike by the script; a person can always make some. Default true. */
  readonly faults?: boolean;
  /** Where the agents' ports begin, taken ones passed over; 0: any free ones. */
  readonly firstPort?: number;
  /** Where power boxes publish. */
  readonly brokerUrl?: string;
};

/** Ports that people can remember, below those that systems give out by themselves. */
const FIRST_PORT = 16_100;
const TICK_MS = 1_000;

/**
 * Starts the lab province on an open inventory and tells the inventory of it: regions, sites, devices, links, a month of
 * outages. To be called before the collector starts; takes two to four seconds on a new inventory, one on an old one.
 */
export async function startRunningLab(options: RunningLabOptions): Promise<RunningLab> {
  const { inventory, dataDir, clock, log, faults = true, firstPort = FIRST_PORT } = options;
  const network = labNetwork();
  const history = await openHistory(inventory, network);
  const livesFile = join(dataDir, 'lab-lives.json');
  const kept = history.isNew ? new Map() : readLives(livesFile);
  const [lab] = await Promise.all([
    startLab({
      devices: [...network.devices, ...network.things],
      ...(options.brokerUrl === undefined ? {} : { brokerUrl: options.brokerUrl }),
      clock,
      log,
      lives: new Map([...history.lives, ...kept]),
      firstPort,
      onLives: (lives) => writeLives(livesFile, lives),
    }),
    seedRegions(inventory),
  ]);
  try {
    const deviceIds = await seedLab(inventory, { network, ports: lab.ports });
    await history.layStates(deviceIds);
    const driver = createFaultDriver(lab, { script: faults ? liveFaults(network, clock()) : null, clock, log });
    const control = await openControl(controlPath(dataDir), { lab, driver, network, clock });
    const ticking = setInterval(() => {
      driver
        .tick()
        .catch((error: unknown) => log.warn({ reason: String(error) }, 'a fault of the lab could not strike'));
    }, TICK_MS);
    const filling = new AbortController();
    let filled: Promise<void> = Promise.resolve();
    const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
      if (filling.signal.aborted) return;
      await work().catch((error: unknown) => {
        if (!filling.signal.aborted) log.error({ what, reason: String(error) }, 'the lab could not be filled in');
      });
    };
    return {
      lab,
      network,
      driver,
      history,
      deviceIds,
      fill({ series, packDir, onRegions }) {
        filled = attempt('regions', async () => {
          if (packDir !== null && (await seedRegionPack(inventory, packDir, { log }))) onRegions?.();
        }).then(() => attempt('history', () => history.laySeries(series, deviceIds, { signal: filling.signal, log })));
        return filled;
      },
      async stopFilling() {
        filling.abort();
        await filled;
      },
      async stop() {
        clearInterval(ticking);
        await control.close();
        await lab.stop();
      },
    };
  } catch (error) {
    await lab.stop();
    throw error;
  }
}
