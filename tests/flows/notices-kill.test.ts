import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { SECOND } from '../../core/domain/clock.ts';
import { silentLog } from '../../core/log/log.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { makeTemplate } from '../../core/stores/inventory/make-template.ts';
import { openInventory } from '../../core/stores/inventory/open.ts';
import { TEST_SECRET_KEY } from '../support/inventory.ts';
import { type Running, SHORT_LIVED, startNode } from '../support/process.ts';
import { startProvider } from '../support/provider.ts';
import { seededRandom } from '../support/random.ts';
import { openToldProvince } from '../support/told-province.ts';

const LIVES = 3;
const DEVICES = 4;

const dataDir = await mkdtemp(join(tmpdir(), 'simpul-notices-kill-'));
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

test('killed again and again, it tells each person of each incident once: down, escalated, up', async () => {
  await makeTemplate();
  const random = seededRandom(5);
  const startedAt = Date.now();
  const clock = (): number => startedAt + (Date.now() - startedAt) * 60;
  /** What was heard, by id: a message that was under way at a kill comes again under its id. */
  const heard = new Map<string, string>();
  const receiver = await startProvider(({ headers, body }) => {
    const { to, event } = JSON.parse(body);
    heard.set(String(headers['webhook-id']), `${to} ${event.type} ${event.incident.incidentId}`);
    return {};
  });
  const config = { dataDir, databaseUrl: null, secretKey: TEST_SECRET_KEY };
  /** The store between two lives. */
  const between = async <T>(work: (inventory: Inventory) => Promise<T>): Promise<T> => {
    const inventory = await openInventory(config, { log: silentLog, clock });
    try {
      return await work(inventory);
    } finally {
      await inventory.close();
    }
  };
  const start = async (): Promise<Running> => {
    const child = startNode([SHORT_LIVED, 'dist/tests/support/notices-child.js', String(startedAt)], {
      SIMPUL_DATA_DIR: dataDir,
    });
    await child.until(/started\n/, 180_000);
    return child;
  };
  const devices: string[] = [];
  await between(async (inventory) => {
    const province = await openToldProvince(inventory, clock());
    await province.reset();
    const settings = { url: receiver.url, secret: 'kunci rahasia yang cukup panjang' };
    const { id } = await inventory.channels.create({ name: 'NOC', kind: 'webhook', settings });
    await province.addPerson('dewi', id);
    await province.addPerson('manager', id, { role: 'manager' });
    await province.addPolicy([{}, { afterMinutes: 1, to: [{ kind: 'role', role: 'manager' }] }]);
    for (let count = 0; count < DEVICES; count += 1) devices.push(await province.addDevice('16.71.01.1001'));
    await province.close();
  });

  for (let life = 0; life < LIVES; life += 1) {
    await between(async (inventory) => {
      const province = await openToldProvince(inventory, clock());
      const half = devices.filter((_, index) => index % 2 === life % 2);
      const rest = devices.filter((_, index) => index % 2 !== life % 2);
      if (life < LIVES - 1) await province.fall(half, clock() - 20 * SECOND);
      if (life > 0) await province.rise(rest, clock() - 20 * SECOND);
      await province.close();
    });
    const child = await start();
    await delay(40 + random() * 900);
    await child.end('SIGKILL');
  }
  const last = await start();
  const rows = async () =>
    await between(async ({ incidents, notices, outbox }) => {
      const { items } = await incidents.list({ pageSize: 100 });
      const told = await Promise.all(items.map(({ id }) => notices.list(id)));
      return { items, told: told.flat(), waiting: (await outbox.list({ state: 'waiting' })).total };
    });
  await delay(4 * SECOND);
  await last.end('SIGKILL');
  let end = await rows();
  for (
    let round = 0;
    round < 20 && (end.waiting > 0 || end.items.some(({ closedAt }) => closedAt === null));
    round += 1
  ) {
    const more = await start();
    await delay(3 * SECOND);
    await more.end('SIGKILL');
    end = await rows();
  }

  const said = [...heard.values()];
  expect(end.items.every(({ closedAt }) => closedAt !== null)).toBe(true);
  expect(new Set(said).size).toBe(said.length);
  expect([...heard.keys()].sort()).toEqual(end.told.map(({ id }) => id).sort());
  for (const { id } of end.items) {
    const of = (who: string) =>
      said.filter((line) => line.startsWith(who) && line.endsWith(id)).map((line) => line.split(' ')[1]);
    if (of('dewi').length > 0) expect(of('dewi').sort()).toEqual(['incident-opened', 'incident-recovered']);
    expect([[], ['incident-escalated', 'incident-recovered']]).toContainEqual(of('manager').sort());
  }
  expect(said.length).toBeGreaterThan(LIVES);
  await receiver.stop();
}, 900_000);
