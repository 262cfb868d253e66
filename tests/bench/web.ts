import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BACKLOG } from '../../api/main.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { type Bench, cpuSince, rounded } from '../support/bench.ts';
import { moving, opening, SCREENS, shown, signedIn } from '../support/bench-screens.ts';
import { openInventoryAt } from '../support/inventory-at.ts';
import type { LiveLoad, LiveLoadDone } from '../support/live-load-child.ts';
import { startPostgres } from '../support/postgres.ts';
import { builtSite } from '../support/site.ts';
import { layWholeProvince, type PlacedDevice } from '../support/whole-province.ts';

const PARTS = ['screens', 'frames', 'storm', 'clients'] as const;
/** Of these the frames are counted while devices change. */
const STORMED = ['now', 'map'];
/** The server lets one account hold so many lines. */
const LINES_AN_ACCOUNT = 100;

type Measured = {
  readonly api: TestApi;
  readonly url: string;
  readonly devices: readonly PlacedDevice[];
  readonly print: (figures: object) => void;
};

/**
 * The web over a whole province on PostgreSQL, in four parts, each alone by `--only NAME`: `screens` is the time until
 * each can be worked with, of `--loads 5`; `frames` how smoothly lists scroll and pictures are dragged; `storm` the same
 * while `--changes 500` states change a second; `clients` what `--clients 500` open browsers see of those changes and
 * cost the server. Server, database, browser and load share the cores of the machine, and the browser draws in software.
 */
export const bench: Bench = async ({ option, text, print }) => {
  const only = text('only');
  if (only !== null && !PARTS.some((part) => part === only)) throw new Error(`--only takes ${PARTS.join(', ')}`);
  const has = (part: (typeof PARTS)[number]): boolean => only === null || only === part;
  const changes = option('changes', 500);
  const forMs = option('ms', 5_000);
  const [loads, clients] = [option('loads', 5), option('clients', 500)];
  const postgres = await startPostgres();
  const api = await openTestApi({
    siteDir: only === 'clients' ? null : await builtSite(),
    openStores: async () => {
      const inventory = await openInventoryAt(await postgres.database());
      return { inventory, dataDir: '', close: () => inventory.close() };
    },
  });
  const tick = () => {
    api.time.now = Date.now();
  };
  tick();
  const ticking = setInterval(tick, 50);
  try {
    const devices = await layWholeProvince(api.inventory, Date.now());
    await api.app.listen({ host: '127.0.0.1', port: 0, backlog: BACKLOG });
    void api.app.warmUp();
    const url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
    const measured = { api, url, devices, print };
    const villages = new Set(devices.map(({ regionCode }) => regionCode).filter(({ length }) => length === 13)).size;
    print({ what: 'province', devices: devices.length, villages, drawing: 'software, no graphics card' });
    if (has('screens') || has('frames') || has('storm'))
      await oneBrowser(measured, {
        loads: has('screens') ? loads : 0,
        framesMs: has('frames') ? forMs : 0,
        stormMs: has('storm') ? forMs : 0,
        changes,
      });
    if (has('clients')) {
      print(await manyBrowsers(measured, { clients, changes, forMs, asks: false }));
      // Long enough for what they ask first to be answered several times over.
      print(await manyBrowsers(measured, { clients, changes, forMs: 5 * forMs, asks: true }));
    }
  } finally {
    clearInterval(ticking);
    await api.close();
    await postgres.stop();
  }
};

/** Publishes states of devices in turn, as many a second as asked, in steps of 20 ms. */
function storm({ api: { bus }, devices }: Measured, perSecond: number): () => void {
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

type Drive = {
  readonly loads: number;
  readonly framesMs: number;
  readonly stormMs: number;
  readonly changes: number;
};

async function oneBrowser(measured: Measured, { loads, framesMs, stormMs, changes }: Drive): Promise<void> {
  const { api, url, print } = measured;
  const { page, close } = await signedIn(url, (await api.signIn('engineer')).cookie);
  try {
    for (const screen of SCREENS) {
      if (loads > 0) print({ part: 'screens', ...(await opening(page, url, screen, loads)), aimMs: 1_000 });
      if (framesMs > 0 && screen.moved !== undefined) {
        await shown(page, url, screen);
        print({ part: 'frames', ...(await moving(page, screen, framesMs)), aim: 60 });
      }
      if (stormMs === 0 || !STORMED.includes(screen.name)) continue;
      await shown(page, url, screen);
      for (const looked of [{ ...screen, moved: undefined }, screen]) {
        const calm = storm(measured, changes);
        try {
          print({ part: 'storm', changesPerSecond: changes, ...(await moving(page, looked, stormMs)) });
        } finally {
          calm();
        }
      }
    }
  } finally {
    await close();
  }
}

type Load = Omit<LiveLoad, 'url' | 'cookies'> & { readonly changes: number };

async function manyBrowsers(measured: Measured, { changes, ...load }: Load): Promise<object> {
  const { api, url } = measured;
  const accounts = Math.ceil(load.clients / LINES_AN_ACCOUNT);
  const cookies = await Promise.all(
    Array.from({ length: accounts }, async () => (await api.signIn('engineer')).cookie),
  );
  const file = fileURLToPath(new URL(`../support/live-load-child${extname(import.meta.url)}`, import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, file, JSON.stringify({ url, cookies, ...load })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  try {
    await lines.next();
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    const calm = storm(measured, changes);
    const { value } = await lines.next();
    calm();
    const spanMs = performance.now() - startedAt;
    const done = JSON.parse(String(value)) as LiveLoadDone;
    const serverCores = rounded(cpuSince(cpu) / 1000 / spanMs, 2);
    return { part: 'clients', asksAgain: load.asks, changesPerSecond: changes, ...done, serverCores, aimMs: 2_000 };
  } finally {
    if (child.exitCode === null) {
      child.kill();
      await once(child, 'exit');
    }
  }
}
