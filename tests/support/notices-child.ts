/**
 * A process for the tests to kill: everything that tells people of incidents, over the inventory of SIMPUL_DATA_DIR.
 * Devices fall and rise by themselves from life to life: whatever fell in one rises in the next.
 */
import { memoryBus } from '../../core/bus/memory.ts';
import { SECOND } from '../../core/domain/clock.ts';
import { silentLog } from '../../core/log/log.ts';
import { startCorrelator } from '../../core/services/incidents/correlator.ts';
import { startEscalator } from '../../core/services/notices/escalator.ts';
import { noticeLinks } from '../../core/services/notices/links.ts';
import { tellOf } from '../../core/services/notices/tell.ts';
import { createOutboxSender } from '../../core/services/outbox.ts';
import { openInventory } from '../../core/stores/inventory/open.ts';
import { TEST_SECRET_KEY } from './inventory-at.ts';

const startedAt = Number(process.argv[2]);
const [speed, leaseMs] = [60, 120 * SECOND];
/** A minute goes by in a second, from life to life. */
const clock = (): number => startedAt + (Date.now() - startedAt) * speed;
const inventory = await openInventory(
  { dataDir: process.env['SIMPUL_DATA_DIR'] ?? '', databaseUrl: null, secretKey: TEST_SECRET_KEY },
  { log: silentLog, clock },
);
const bus = memoryBus((error) => {
  throw error;
});
const timers = {
  after(_: number, run: () => void) {
    const timer = setTimeout(run, 50);
    return () => clearTimeout(timer);
  },
};
const links = noticeLinks({ publicUrl: null, officer: { urlFor: () => null } });
const zone = { timeZone: 'Asia/Jakarta', label: 'WIB' };
const sender = createOutboxSender({ inventory, clock, log: silentLog, zone, policy: { leaseMs, tickMs: 20 } });
startEscalator({ inventory, links, clock, timers, log: silentLog, wake: () => sender.wake() });
const series = { latest: async () => [], query: async () => [] };
const tell = tellOf({ inventory, links });
await startCorrelator({ inventory, series, bus, clock, timers, log: silentLog, tell });
sender.start();
process.stdout.write('started\n');
