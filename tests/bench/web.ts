import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openTestApi, type TestApi } from '../support/api.ts';
import { type Bench, cpuSince, rounded } from '../support/bench.ts';
import { openBrowser } from '../support/browser.ts';
import { openInventoryAt } from '../support/inventory-at.ts';
import type { LiveLoad, LiveLoadDone } from '../support/live-load-child.ts';
import { startPostgres } from '../support/postgres.ts';
import { builtSite } from '../support/site.ts';
import { drag, traced, wheel } from '../support/trace.ts';
import { layWholeProvince, type PlacedDevice } from '../support/whole-province.ts';

/** Screens with what must be there before one can work with them, and what is moved on them. */
const SCREENS = [
  ['now', '/now', '.page-head', null],
  ['map', '/map', 'canvas', 'canvas'],
  ['regencies', '/regencies', 'tbody tr', '#content'],
  ['outages', '/outages', '.page-head', null],
  ['devices', '/devices', 'tbody tr', '#content'],
  ['topology', '/topology', '.topology-counts', '.topology-canvas'],
] as const;

/**
 * The web over a whole province on PostgreSQL: how soon each screen shows its content, how smoothly it moves while
 * hundreds of states change a second, and what hundreds of open browsers cost the server. Browser, load, database and
 * server share the cores of the machine.
 */
export const bench: Bench = async ({ option, print }) => {
  const changes = option('changes', 500);
  const clients = option('clients', 500);
  const forMs = option('ms', 5_000);
  const postgres = await startPostgres();
  const api = await openTestApi({
    siteDir: await builtSite(),
    openStores: async () => {
      const inventory = await openInventoryAt(await postgres.database());
      return { inventory, dataDir: '', close: () => inventory.close() };
    },
  });
  const ticking = setInterval(() => {
    api.time.now = Date.now();
  }, 50);
  api.time.now = Date.now();
  try {
    const devices = await layWholeProvince(api.inventory, Date.now());
    await api.app.listen({ host: '127.0.0.1', port: 0 });
    const url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
    print({ what: 'province', devices: devices.length });
    if (clients > 0) print(await manyBrowsers(api, url, devices, { clients, changes, forMs }));
    await oneBrowser(api, url, devices, { changes, forMs, print });
  } finally {
    clearInterval(ticking);
    await api.close();
    await postgres.stop();
  }
};

/** Publishes states of devices in turn, as many a second as asked, in steps of 20 ms. */
function storm({ bus }: TestApi, devices: readonly PlacedDevice[], perSecond: number): () => void {
  let sent = 0;
  const startedAt = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAt) / 1000) * perSecond;
    for (; sent < due; sent += 1) {
      const device = devices[(sent * 7) % devices.length];
      if (device === undefined) return;
      const isDown = Math.floor(sent / devices.length) % 2 === 0;
      const [state, previous] = isDown ? (['down', 'up'] as const) : (['up', 'down'] as const);
      bus.publish({ type: 'device-state', ...device, state, previous, since: Date.now() });
    }
  }, 20);
  return () => clearInterval(timer);
}

type Load = { readonly clients: number; readonly changes: number; readonly forMs: number };

async function manyBrowsers(api: TestApi, url: string, devices: readonly PlacedDevice[], load: Load): Promise<object> {
  const { clients, changes, forMs } = load;
  const cookies = await Promise.all(Array.from({ length: 5 }, async () => (await api.signIn('engineer')).cookie));
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const file = fileURLToPath(new URL(`../support/live-load-child.${extension}`, import.meta.url));
  const order: LiveLoad = { url: `${url}/api/v1/live`, cookies, clients, forMs };
  const child = spawn(process.execPath, [...process.execArgv, file, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  try {
    await lines.next();
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    const calm = storm(api, devices, changes);
    const { value } = await lines.next();
    calm();
    const spanMs = performance.now() - startedAt;
    const done = JSON.parse(String(value)) as LiveLoadDone;
    return {
      what: 'open browsers',
      changesPerSecond: changes,
      ...done,
      serverCores: rounded(cpuSince(cpu) / 1000 / spanMs, 2),
    };
  } finally {
    if (child.exitCode === null) {
      child.kill();
      await once(child, 'exit');
    }
  }
}

type Drive = { readonly changes: number; readonly forMs: number; readonly print: (figures: object) => void };

async function oneBrowser(api: TestApi, url: string, devices: readonly PlacedDevice[], drive: Drive): Promise<void> {
  const { changes, forMs, print } = drive;
  const { cookie } = await api.signIn('engineer');
  const [name = '', value = ''] = cookie.split('=');
  const browser = await openBrowser();
  try {
    await browser.context.addCookies([{ name, value, url }]);
    const page = await browser.context.newPage();
    for (const [what, path, content, moved] of SCREENS) {
      const firstMs = await shown(page, url + path, content);
      const againMs = await shown(page, url + path, content);
      print({ what, does: 'open', firstMs, againMs });
      if (moved !== null) print({ what, does: 'move', ...(await traced(page, () => move(page, moved, forMs / 2))) });
      const calm = storm(api, devices, changes);
      try {
        const figures = await traced(page, () =>
          moved === null ? page.waitForTimeout(forMs) : move(page, moved, forMs),
        );
        print({ what, does: `${changes} changes a second`, ...figures });
      } finally {
        calm();
      }
    }
  } finally {
    await browser.close();
  }
}

async function shown(page: Page, address: string, content: string): Promise<number> {
  await page.goto(address, { waitUntil: 'commit' });
  await page.locator(content).first().waitFor({ timeout: 60_000 });
  return rounded(await page.evaluate(() => performance.now()), 0);
}

const move = (page: Page, selector: string, forMs: number): Promise<void> =>
  selector.includes('canvas') ? drag(page, selector, forMs) : wheel(page, selector, forMs, 90);
