/**
 * A process for the tests to kill: opens the inventory of SIMPUL_DATA_DIR and sends what its outbox holds, while it
 * writes down more, forty messages in a life. Says `wrote ID` once a message's transaction is kept.
 */
import { stableId } from '../../core/delivery/stable-id.ts';
import { silentLog } from '../../core/log/log.ts';
import { createOutboxSender } from '../../core/services/outbox.ts';
import { openInventory } from '../../core/stores/inventory/open.ts';
import { TEST_SECRET_KEY } from './inventory-at.ts';

const [life = '', leaseMs = ''] = process.argv.slice(2);
const dataDir = process.env['SIMPUL_DATA_DIR'] ?? '';
const clock = Date.now;
const inventory = await openInventory(
  { dataDir, databaseUrl: null, secretKey: TEST_SECRET_KEY },
  { log: silentLog, clock },
);
const zone = { timeZone: 'Asia/Jakarta', label: 'WIB' };
const policy = { leaseMs: Number(leaseMs), tickMs: 50 };
const sender = createOutboxSender({ inventory, clock, log: silentLog, zone, policy });
const [channel] = await inventory.channels.versions();
if (channel === undefined) throw new Error('no channel');
sender.start();
process.stdout.write('started\n');

for (let count = 0; count < (life === 'last' ? 0 : 40); count += 1) {
  const id = stableId(life, count);
  const event = { type: 'test', channelName: `${life} ${count}`, at: clock() } as const;
  await inventory.sql.transaction(async (sql) => {
    const message = { id, channelId: channel.id, to: `r${count}`, language: 'id', event } as const;
    await inventory.outbox.enqueue([message], clock(), sql);
  });
  process.stdout.write(`wrote ${id}\n`);
  sender.wake();
}
