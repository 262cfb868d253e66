import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SECOND } from '../../core/domain/clock.ts';
import { silentLog } from '../../core/log/log.ts';
import { OUTBOX_POLICY } from '../../core/services/outbox.ts';
import { makeTemplate } from '../../core/stores/inventory/make-template.ts';
import { openInventory } from '../../core/stores/inventory/open.ts';
import { TEST_SECRET_KEY } from '../support/inventory.ts';
import { type Running, SHORT_LIVED, startNode } from '../support/process.ts';
import { type Answer, startProvider } from '../support/provider.ts';

const LIVES = 4;
const LEASE_MS = 2 * SECOND;

const dataDir = await mkdtemp(join(tmpdir(), 'simpul-outbox-kill-'));
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

test('killed between sending and writing down, it loses no message, and doubles none but those under way', async () => {
  await makeTemplate();
  /** Ids in the order in which the receiver heard them, and what each was told. */
  const heard: string[] = [];
  const underWayAtKills = new Set<string>();
  let killAt = Number.POSITIVE_INFINITY;
  let kill: () => Promise<void> = async () => {};
  const receiver = await startProvider(async ({ headers }): Promise<Answer> => {
    const id = String(headers['webhook-id']);
    heard.push(id);
    if (heard.length < killAt) return {};
    // Taken by the receiver, and never answered: the sender dies without knowing.
    underWayAtKills.add(id);
    await kill();
    return {};
  });
  const config = { dataDir, databaseUrl: null, secretKey: TEST_SECRET_KEY };
  const first = await openInventory(config, { log: silentLog, clock: Date.now });
  const settings = { url: receiver.url, secret: 'kunci rahasia yang cukup panjang' };
  await first.channels.create({ name: 'NOC', kind: 'webhook', settings });
  await first.close();

  const written = new Set<string>();
  const start = (life: string): Running =>
    startNode([SHORT_LIVED, 'dist/tests/support/outbox-child.js', life, String(LEASE_MS)], {
      SIMPUL_DATA_DIR: dataDir,
    });
  for (let life = 0; life < LIVES; life += 1) {
    const child = start(`life-${life}`);
    const killed = new Promise<void>((resolve) => {
      kill = async () => {
        await child.end('SIGKILL');
        resolve();
      };
    });
    killAt = heard.length + 7 + life * 3;
    await child.until(/started\n/, 180_000);
    await killed;
    for (const [, id] of child.output().matchAll(/^wrote (\S+)$/gm)) if (id !== undefined) written.add(id);
    // Answered, but perhaps not written down: nothing more is taken before all that is under way is settled.
    for (const id of heard.slice(-OUTBOX_POLICY.atOnce)) underWayAtKills.add(id);
  }
  killAt = Number.POSITIVE_INFINITY;
  const last = start('last');
  await expect.poll(() => [...written].filter((id) => !heard.includes(id)), { timeout: 180_000 }).toEqual([]);
  await last.end('SIGKILL');

  const twice = heard.filter((id, index) => heard.indexOf(id) !== index);
  const missing = [...written].filter((id) => !heard.includes(id));
  expect(written.size).toBeGreaterThan(LIVES * 5);
  expect(missing).toEqual([]);
  expect(twice.length).toBeGreaterThan(0);
  expect(twice.filter((id) => !underWayAtKills.has(id))).toEqual([]);
  await receiver.stop();
}, 900_000);
