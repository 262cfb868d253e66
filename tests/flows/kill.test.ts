import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../core/config/config.ts';
import { silentLog } from '../../core/log/log.ts';
import { openInventory } from '../../core/stores/inventory/open.ts';
import { openSeriesStore } from '../../core/stores/series/open.ts';
import { seedLab } from '../../provisioning/lab/inventory.ts';
import { startLab } from '../../provisioning/lab/lab.ts';
import { labNetwork } from '../../provisioning/lab/network.ts';
import { seedRegions } from '../../provisioning/lab/regions.ts';
import { SHORT_LIVED, startNode } from '../support/process.ts';

const KILLS = 10;
const CHILD = 'dist/tests/flows/support/crash-child.js';

const dataDir = await mkdtemp(join(tmpdir(), 'simpul-kill-'));
const ledgerFile = join(dataDir, 'ledger');
const env = { SIMPUL_DATA_DIR: dataDir, SIMPUL_SECRET_KEY: 'only for this test, of course' };
const config = readConfig(env, { bind: '127.0.0.1' });
const network = labNetwork(7);
const lab = await startLab({ devices: network.devices, clock: Date.now, log: silentLog });
afterAll(async () => {
  await lab.stop();
  await rm(dataDir, { recursive: true, force: true });
});

type Line = readonly [deviceId: string, metric: string, instance: string, at: number, value: number];

/** What was said to be stored. A line cut off by the kill was not said. */
async function readLedger(): Promise<Line[]> {
  const text = await readFile(ledgerFile, 'utf8').catch(() => '');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

test('killed ten times while it polls and imports, it starts again by itself and has lost nothing it said was stored', async () => {
  const seeding = await openInventory(config, { log: silentLog, clock: Date.now });
  await seedRegions(seeding);
  await seedLab(seeding, { network, ports: lab.ports });
  await seeding.close();
  // Some are dead all the time, some die and come back between the kills: outages are open when it is killed.
  const [dead, ...others] = network.devices.slice(-12).map(({ code }) => code);
  if (dead !== undefined) await lab.stopAgent(dead);

  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = startNode([SHORT_LIVED, CHILD, ledgerFile], env);
    const code = others[kill % others.length] ?? '';
    await child.until(/started\n/, 180_000);
    await (lab.isSilent(code) ? lab.startAgent(code) : lab.stopAgent(code));
    // Not a wait for something to be ready: the kills are to fall at ever other moments of the work. Every other life
    // is long enough for an outage to be seen.
    await delay((kill % 2 === 0 ? 1_000 : 5_500) + ((kill * 709) % 2_000));
    await child.end('SIGKILL');
  }

  const said = await readLedger();
  const series = await openSeriesStore(config, { log: silentLog, clock: Date.now });
  await series.drain();
  const last = new Map<string, number>();
  for (const [deviceId, metric, instance, at, value] of said)
    last.set([deviceId, metric, instance, at].join(' '), value);
  const stored = await series.query({
    deviceIds: [...new Set(said.map(([deviceId]) => deviceId))],
    metrics: [...new Set(said.map(([, metric]) => metric))],
    from: Math.min(...said.map((line) => line[3])),
    to: Date.now(),
  });
  const found = new Map<string, number | null>();
  for (const { deviceId, metric, instance, points } of stored) {
    for (const { at, value } of points) found.set([deviceId, metric, instance, at].join(' '), value);
  }
  const missing = [...last].filter(([key, value]) => found.get(key) !== value);
  await series.close();

  const inventory = await openInventory(config, { log: silentLog, clock: Date.now });
  const doubled = await inventory.sql.query(
    'SELECT device_id FROM outage WHERE ended_at IS NULL GROUP BY device_id HAVING count(*) > 1',
  );
  const overlapping = await inventory.sql.query(
    `SELECT a.id FROM outage a JOIN outage b ON a.device_id = b.device_id AND a.id < b.id
     AND tstzrange(a.started_at, a.ended_at) && tstzrange(b.started_at, b.ended_at)`,
  );
  const outagesOfTheDead = await inventory.sql.query(
    'SELECT o.id FROM outage o JOIN device d ON d.id = o.device_id WHERE d.code = $1',
    [dead],
  );
  const marks = await inventory.sql.query<{ mark: string }>(
    `SELECT DISTINCT substring(name from '\\[.*\\]') AS mark FROM region`,
  );
  await inventory.close();

  expect(said.length).toBeGreaterThan(1_000);
  expect(missing.slice(0, 5)).toEqual([]);
  expect(doubled).toEqual([]);
  expect(overlapping).toEqual([]);
  expect(outagesOfTheDead).toHaveLength(1);
  expect(marks).toHaveLength(1);
}, 900_000);
